"""The offline copy of a handbook: made through its host, verified, stamped. Its rooms are imported one by one, since
whether a copy is whole can be asked where there is no host."""
