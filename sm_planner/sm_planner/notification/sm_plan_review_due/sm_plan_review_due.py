def get_context(context):
    """Nothing beyond the document."""
