"""What somebody's part in a plan is: what he answers for, what he must do by when, what he should know, what he confirmed."""
