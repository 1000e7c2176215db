# Thin over one POSIX script; without make: `sh scripts/bootstrap.sh run`.
.PHONY: setup run test check lock
setup run test check lock:
	@sh scripts/bootstrap.sh $@
