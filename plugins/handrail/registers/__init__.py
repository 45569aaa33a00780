"""Registers: documents of a handbook as a table, with chosen columns, order and groups; and every trigger."""

from __future__ import annotations

from handrail.registers.asked import KINDS, Asked, Refused, asked_for, asked_register, documents_of, queried, whole
from handrail.registers.overdue import overdue_problems, with_overdue
from handrail.registers.register import REGISTERS, register_page, register_table
from handrail.registers.triggers import triggers, triggers_table

__all__ = [
    "KINDS",
    "REGISTERS",
    "Asked",
    "Refused",
    "asked_for",
    "asked_register",
    "documents_of",
    "overdue_problems",
    "queried",
    "register_page",
    "register_table",
    "triggers",
    "triggers_table",
    "whole",
    "with_overdue",
]
