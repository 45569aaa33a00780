"""What pages and reports look like: each template bears the name of the function that fills it."""
