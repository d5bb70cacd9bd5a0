"""Training of the reader; a workshop that nothing else imports."""
