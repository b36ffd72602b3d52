"""Who covers which hour of the week: rosters held against the hours that are promised, against their people and their teams."""
