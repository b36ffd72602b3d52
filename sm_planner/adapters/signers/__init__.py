"""The people of a signature on a site: their accounts and passwords, deputies, proof, and who is told."""
