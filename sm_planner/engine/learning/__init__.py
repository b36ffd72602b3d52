"""What is learned: the replay of a transition against the plan, what its differences become, and how risks weigh."""
