.DEFAULT_GOAL := help
.PHONY: help run webhook-listener deliveries parameters key keys key-update key-access key-disable usage reconcile settle stuck resubmit fail export model models faults explore test package native test-native format scan bench bench-bodies bench-sweep release deploy adopt remove clean
JDK := src/local/bin/with-jdk
# With the folders, whose time changes when a file is removed.
OWN := $(shell find models 2>/dev/null)
ROUTES := serverless.yml infra/parameters.yml $(wildcard infra/functions/*.yml)
MAIN := pom.xml $(shell find src/main src/openapi) $(ROUTES) $(OWN)
SOURCES := pom.xml Makefile $(shell find src -type f) $(ROUTES) $(OWN)
# Maven removes it when it begins and writes it when all is built, so an interrupted build is not taken for a whole one.
BUILT := target/local/built
# UTF-8, because prompts, names and messages have other characters than a shell without a locale prints.
JAVA = $(JDK) java $(OPENS) --enable-native-access=ALL-UNNAMED -Djava.awt.headless=true -Dstdout.encoding=UTF-8 -Dstderr.encoding=UTF-8 -Djava.util.logging.manager=org.jboss.logmanager.LogManager -cp "target/test-classes:target/classes:$$(cat target/local/platform.classpath 2>/dev/null)"
OPERATOR := exec env STAGE="$(STAGE)" REGION="$(REGION)" PORT="$(PORT)" $(JAVA) dev.darkroom.operator.OperatorCli

# Keys and operators' commands are for this machine (PORT=8080), or with STAGE= and REGION= for a deployed stage.
help:
	@for group in try keys operate test deploy; do echo "$$group"; \
	  sed -n "s/^\([a-z-]*\):.* ## \[$$group\] /  \1	/p" Makefile | awk -F '\t' '{ printf "%-18s %s\n", $$1, $$2 }'; done
	@echo "PARAMS='name=value …' are parameters of infra/parameters.yml; see docs/configuration.md."

run: parameters $(BUILT) ## [try] run everything on this machine (PORT=8080 PARAMS= DARKROOM_WAVESPEED_API_KEY=)
	@exec $(JAVA) dev.darkroom.local.RunPlatform

webhook-listener: | $(BUILT) ## [try] print webhooks and verify them (KEY= or SECRET=, LISTEN=8090)
	@exec env KEY="$(KEY)" SECRET="$(SECRET)" LISTEN="$(LISTEN)" PORT="$(PORT)" $(JAVA) dev.darkroom.local.receiver.WebhookListener

# Before the build, which takes minutes.
parameters:
	@src/local/bin/check-parameters

key: | $(BUILT) ## [keys] make an API key (NAME=acme MAX_BUDGET=25 BUDGET_DURATION=1mo ROLE= …)
	@$(OPERATOR) create "$(NAME)" "$(MAX_BUDGET)" "$(BUDGET_DURATION)" "$(SOFT_BUDGET)" "$(SHARED_BUDGET)" "$(ROLE)" "$(EXPIRES)"

key-update: | $(BUILT) ## [keys] change the budget of a key (ID= MAX_BUDGET=50 BUDGET_DURATION=1mo …)
	@$(OPERATOR) update "$(ID)" "$(MAX_BUDGET)" "$(BUDGET_DURATION)" "$(SOFT_BUDGET)" "$(SHARED_BUDGET)"

key-access: | $(BUILT) ## [keys] change role and last day of a key (ID= ROLE=generate EXPIRES=2027-01-31)
	@$(OPERATOR) access "$(ID)" "$(ROLE)" "$(EXPIRES)"

keys: | $(BUILT) ## [keys] list the API keys
	@$(OPERATOR) list

key-disable: | $(BUILT) ## [keys] disable an API key (ID= of make keys)
	@$(OPERATOR) disable "$(ID)"

stuck: | $(BUILT) ## [operate] list the rows that need a person
	@$(OPERATOR) stuck

resubmit: | $(BUILT) ## [operate] submit an unconfirmed row once more; it may be paid for twice (ID=)
	@$(OPERATOR) resubmit "$(ID)"

fail: | $(BUILT) ## [operate] end a row of make stuck as failed (ID=)
	@$(OPERATOR) fail "$(ID)"

usage: | $(BUILT) ## [operate] print what was used, as CSV (FROM= UNTIL= GROUP_BY=day OWNER=)
	@$(OPERATOR) usage "$(FROM)" "$(UNTIL)" "$(GROUP_BY)" "$(OWNER)"

reconcile: | $(BUILT) ## [operate] compare a day of the provider's bill with the ledger (DAY=2026-11-23)
	@$(OPERATOR) reconcile "$(DAY)"

settle: | $(BUILT) ## [operate] charge a row that has ended what it was billed (ID= AMOUNT=0.04 CORRECT=)
	@$(OPERATOR) settle "$(ID)" "$(AMOUNT)" "$(CORRECT)"

export: | $(BUILT) ## [operate] copy an owner's images to a folder, with a CSV of their facts (OWNER= TO=)
	@$(OPERATOR) export "$(OWNER)" "$(TO)"

deliveries: | $(BUILT) ## [operate] list the last attempts of webhooks (OWNER=acme or ID=)
	@$(OPERATOR) deliveries "$(OWNER)" "$(ID)"

model: | $(BUILT) ## [operate] make or update a model's file from the provider's catalogue (ID=)
	@$(OPERATOR) model "$(ID)"

models: | $(BUILT) ## [operate] list what differs between model files and provider
	@$(OPERATOR) models

faults: $(BUILT) ## [test] test under faults (SEED=1 SEEDS=1 N=5000 LASTING=200 KILLS=500 CLIENTS=)
	@exec $(JAVA) dev.darkroom.faults.RunFaults

explore: OPENS := --add-opens java.base/java.lang=ALL-UNNAMED
explore: $(BUILT) ## [test] run processes of the core in every order of their calls (EXECUTIONS=1000000)
	@exec $(JAVA) dev.darkroom.explorer.RunExplorer

test: ## [test] check the format and run all tests
	@$(JDK) mvn -B verify

package: ## [deploy] build target/function.zip for Lambda's Java runtime (packaging=jvm)
	@rm -f $(BUILT) && $(MAKE) -s $(BUILT)

native: ## [deploy] build target/function.zip with a native executable (some minutes)
	@src/local/bin/native --progress pre-integration-test -DskipTests

test-native: ## [test] build the native executable and run all tests on it
	@src/local/bin/native verify

format: ## [test] format the sources
	@TITLE=Formatting src/local/bin/build spotless:apply

scan: ## [test] list vulnerabilities, licences and parts of what ships (NVD_API_KEY=)
	@TITLE=Scanning src/local/bin/build license:add-third-party cyclonedx:makeBom dependency-check:check

bench: target/bench/jvm.zip target/bench/native.zip ## [test] measure everything, native and JVM (SECTION= REPS=20 IMAGES=100)
	@exec $(JAVA) dev.darkroom.bench.Benchmark

bench-bodies: $(BUILT) ## [test] measure the CPU time of the worst request bodies (REPS=20)
	@exec $(JAVA) dev.darkroom.bench.BodyBenchmark

bench-sweep: target/bench/jvm.zip $(if $(GRAALVM_HOME),target/bench/native.zip) ## [test] measure one sweep (ROWS=50000 SECONDS=60 RUNS=3 LATENCY=100 HEAP=)
	@exec $(JAVA) dev.darkroom.bench.SweepBenchmark

release: target/bom.json ## [deploy] make the files of a release from target/function.zip (VERSION= ARTIFACT= OUT=)
	@node infra/release.mjs

deploy: ## [deploy] deploy target/function.zip to AWS (STAGE=dev REGION= PARAMS= ARTIFACT=)
	@node infra/deploy.mjs deploy

adopt: ## [deploy] take what a removed stage has left into its new stack (STAGE= REGION= PARAMS=)
	@node infra/deploy.mjs adopt

remove: ## [deploy] remove a stage from AWS, but keep its table (STAGE= REGION=)
	@node infra/deploy.mjs remove

clean: ## [deploy] delete everything that was built
	@rm -rf target

target/bom.json: pom.xml
	@TITLE="Listing the parts" src/local/bin/build cyclonedx:makeBom

target/bench/jvm.zip: $(SOURCES)
	@src/local/bin/build package -DskipTests
	@mkdir -p $(@D) && cp target/function.zip $@

target/bench/native.zip: $(MAIN) | target/bench/jvm.zip
	@src/local/bin/native --progress package -DskipTests
	@mkdir -p $(@D) && cp target/function.zip $@

$(BUILT): $(SOURCES)
	@src/local/bin/build pre-integration-test -DskipTests
