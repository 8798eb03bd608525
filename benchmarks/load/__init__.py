"""A crowd of readers that speak to the dashboard as browsers do, and what befalls it."""
