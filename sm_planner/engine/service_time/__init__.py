"""Time that counts: calendars, zones, hours of service, and the clock of an agreement."""
