"""Exchange packages: work with those whose network does not reach ours (design §2, two networks).

A package is a ZIP archive that is carried over by hand: files, a manifest that names each with its hash, and a detached
Ed25519 signature. Whoever takes one in answers with a signed receipt; taking it in again gives the same receipt and
writes nothing. What a package holds and what is done with it is told by the higher rooms (``registry.HANDLERS``).
"""
