"""Who spoke with whom about the plan, and how good the relationship with a stakeholder is."""
