"""Files as people write them → values with the place where each stands: YAML, workbooks, CSV, and their problems."""
