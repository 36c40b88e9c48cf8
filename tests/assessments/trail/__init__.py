"""The audit trail: recorded, chained, walked, read, exported."""
