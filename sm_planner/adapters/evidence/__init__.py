"""What the sign-off leaves behind, and nobody changes: seals, their keys, the log, the heads kept outside."""
