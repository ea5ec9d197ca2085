"""Differs from another by case only: é 🚀."""
