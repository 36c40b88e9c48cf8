"""The audit trail of an organisation: recorded by triggers, chained by hash, walked, read and exported."""
