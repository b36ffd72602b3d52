"""What a signature keeps: the canonical content, seals and their chain, the log, and what changed since.

It lies below the checks, which ask it; who may sign lies above them, in :mod:`sm_planner.engine.sign_off`.
"""
