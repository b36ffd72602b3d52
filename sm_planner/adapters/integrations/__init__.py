"""Other apps on the same site: used where they are, missed where they are not."""
