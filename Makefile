# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

PYTHON ?= python3
ARGS ?=

help:
	@echo "make serve   an Odoo 19 with the addon and demo data, in the background"
	@echo "make stop    end what make serve started"
	@echo "make test    all tests; ARGS='-k name' selects some"
	@echo "make unit    the tests that need no database, in seconds"
	@echo "make clients the packages of the clients, in dist/"
	@echo "make test-clients  clients and generators on a live server; ARGS=--quick"
	@echo "make torture  faults, attacks and long runs; ARGS=-k name selects some"
	@echo "make fuzz    random requests to all endpoints; ARGS=--quick in a few minutes"
	@echo "make bench   base_api beside every other way into Odoo; ARGS=--quick"
	@echo "make cluster two nodes, a standby and HAProxy; ARGS=--sync"
	@echo "make test-cluster  faults of a cluster; ARGS=--suite: the tests through its door"
	@echo "make lint    the checks of the code, as CI runs them"
	@echo "make readme  README.rst and index.html of the addon, from base_api/readme"
	@echo "make screenshots  pictures for base_api/static/description, after make serve"
	@echo "make clean   stop, and remove everything that was made here"

serve:
	@$(PYTHON) scripts/setup.py
	@.odoo/venv/bin/python scripts/serve.py

stop:
	@$(PYTHON) scripts/stop.py

clean:
	@$(PYTHON) scripts/clean.py

test:
	@$(PYTHON) scripts/setup.py test
	@.odoo/venv/bin/python scripts/test.py $(ARGS)

unit:
	@$(PYTHON) scripts/setup.py
	@.odoo/venv/bin/python scripts/unit.py $(ARGS)

test-clients:
	@$(PYTHON) scripts/setup.py test
	@.odoo/venv/bin/python scripts/test_clients.py $(ARGS)

clients:
	@$(PYTHON) scripts/setup.py test
	@.odoo/venv/bin/python scripts/build_clients.py

torture:
	@$(PYTHON) scripts/setup.py test
	@.odoo/venv/bin/python scripts/test.py tests/torture tests/cluster $(ARGS)

fuzz:
	@$(PYTHON) scripts/setup.py
	@.odoo/venv/bin/python scripts/fuzz.py $(ARGS)

bench:
	@$(PYTHON) scripts/setup.py bench
	@.odoo/venv/bin/python bench/main.py $(ARGS)

cluster:
	@$(PYTHON) scripts/setup.py
	@.odoo/venv/bin/python scripts/make_cluster.py up $(ARGS)

cluster-failover cluster-rejoin cluster-status cluster-stop: cluster-%:
	@.odoo/venv/bin/python scripts/make_cluster.py $* $(ARGS)

test-cluster:
	@$(PYTHON) scripts/setup.py test
	@.odoo/venv/bin/python scripts/test_cluster.py $(ARGS)

cluster-bench:
	@$(PYTHON) scripts/setup.py test
	@BASE_API_CLUSTER_RATES=20,200 BASE_API_CLUSTER_PAIRS=100000 \
		.odoo/venv/bin/python scripts/test_cluster.py $(ARGS)

cluster-drain cluster-ready cluster-restart: cluster-%:
	@.odoo/venv/bin/python scripts/make_cluster.py $* $(NODE)

lint:
	@$(PYTHON) scripts/setup.py lint
	@.odoo/lint/bin/python scripts/lint.py

screenshots:
	@$(PYTHON) scripts/setup.py test
	@.odoo/venv/bin/python scripts/screenshots.py

readme:
	@$(PYTHON) scripts/setup.py lint
	@.odoo/lint/bin/python scripts/readme.py

.PHONY: help serve stop clean test test-clients clients unit torture fuzz bench lint readme \
	screenshots cluster cluster-failover cluster-rejoin cluster-status cluster-stop \
	cluster-drain cluster-ready cluster-restart cluster-bench test-cluster
