"""What people do: each use is one function that asks may they, applies the rules and makes it durable."""
