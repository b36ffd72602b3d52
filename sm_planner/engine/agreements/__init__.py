"""What is agreed: the terms and states of agreements, their targets, and objectives with what was measured."""
