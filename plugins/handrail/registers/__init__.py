"""Registers: all processes, procedures, roles, records, triggers and reviews of a handbook, each as one table."""

from __future__ import annotations

from handrail.registers.register import REGISTERS, register
from handrail.registers.triggers import triggers, triggers_table

__all__ = [
    "REGISTERS",
    "register",
    "triggers",
    "triggers_table",
]
