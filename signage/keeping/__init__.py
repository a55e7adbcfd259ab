"""Keeping the product's data: backup, restore, and finding out what is wrong."""
