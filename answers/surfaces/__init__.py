"""What can be seen, cited and taken away, one answer each: a surface is a class or module here."""
