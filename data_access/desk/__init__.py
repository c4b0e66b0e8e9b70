"""What the dashboard itself writes: users, visits, the plan and its history, the audit log."""
