"""Figures and widgets of the lectures."""
