"""What the class sees, drawn from values alone. A card waits for nothing: its clicks find their way by address."""
