"""What the audit finds and what it makes up, measured: clean reports, one seeded error each, and real documents."""
