.DEFAULT_GOAL := help
.PHONY: help run key keys key-disable stuck resubmit fail faults explore test package native test-native format scan bench bench-bodies bench-sweep deploy remove clean
JDK := src/local/bin/with-jdk
MAIN := pom.xml $(shell find src/main -type f)
SOURCES := pom.xml Makefile $(shell find src -type f)
JAVA = $(JDK) java $(OPENS) --enable-native-access=ALL-UNNAMED -Djava.awt.headless=true -Djava.util.logging.manager=org.jboss.logmanager.LogManager -cp "target/test-classes:target/classes:$$(cat target/local/platform.classpath 2>/dev/null)"
OPERATOR := exec env STAGE="$(STAGE)" REGION="$(REGION)" PORT="$(PORT)" $(JAVA) dev.darkroom.operator.Main

help: ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## /\1	/p' Makefile

run: target/function.zip ## run everything on this machine (PORT=8080, PARAMS="name=value …" of infra/parameters.yml, WAVESPEED_API_KEY= for the real provider)
	@exec $(JAVA) dev.darkroom.local.Main

key: | target/function.zip ## make an API key and print it once (NAME=acme; STAGE=prod for a deployed one, else PORT=8080 on this machine)
	@$(OPERATOR) create "$(NAME)"

keys: | target/function.zip ## list the API keys (STAGE=, PORT=)
	@$(OPERATOR) list

key-disable: | target/function.zip ## disable an API key (ID= as make keys lists it; STAGE=, PORT=)
	@$(OPERATOR) disable "$(ID)"

stuck: | target/function.zip ## list the rows that need a person (STAGE=, PORT=)
	@$(OPERATOR) stuck

resubmit: | target/function.zip ## let an unconfirmed one of them be submitted once more, though it may be paid for twice (ID=; STAGE=, PORT=)
	@$(OPERATOR) resubmit "$(ID)"

fail: | target/function.zip ## end one of them as failed (ID=; STAGE=, PORT=)
	@$(OPERATOR) fail "$(ID)"

faults: target/function.zip ## run generations under faults, kills and an outage and check what is left (SEED=1, SEEDS=1, N=5000, LASTING=200 more with faults for good, KILLS=500)
	@exec $(JAVA) dev.darkroom.faults.Main

explore: OPENS := --add-opens java.base/java.lang=ALL-UNNAMED
explore: target/function.zip ## run processes of the core in the orders in which they can run into each other, fail and die (EXECUTIONS=1000000)
	@exec $(JAVA) dev.darkroom.explorer.Main

test: ## check the format and run all tests
	@$(JDK) mvn -B verify

package: ## build target/function.zip, the artifact for AWS Lambda's Java runtime (make deploy PARAMS="packaging=jvm")
	@rm -f target/function.zip && $(MAKE) -s target/function.zip

native: ## build target/function.zip with a native executable, the artifact for AWS Lambda (some minutes)
	@src/local/bin/native -q -Dstyle.color=never package -DskipTests

test-native: ## build the native executable and run all tests on it
	@src/local/bin/native verify

format: ## format the sources
	@$(JDK) mvn -B -q -Dstyle.color=never spotless:apply

scan: ## find known vulnerabilities in what ships (NVD_API_KEY=), list its licences and parts in target/licences.txt and bom.json
	@$(JDK) mvn -B -q -Dstyle.color=never license:add-third-party cyclonedx:makeBom dependency-check:check

bench: target/bench/jvm.zip target/bench/native.zip ## measure everything, native and JVM (SECTION=, REPS=20, IMAGES=100)
	@exec $(JAVA) dev.darkroom.bench.Benchmark

bench-bodies: target/function.zip ## measure the CPU time of the worst request bodies (REPS=20)
	@exec $(JAVA) dev.darkroom.bench.BodyBenchmark

bench-sweep: target/bench/jvm.zip $(if $(GRAALVM_HOME),target/bench/native.zip) ## measure one sweep of 50,000 rows, on the JVM and, with GRAALVM_HOME, native (ROWS=50000, SECONDS=60, RUNS=3, LATENCY=100, HEAP=112)
	@exec $(JAVA) dev.darkroom.bench.SweepBenchmark

deploy: ## deploy to AWS what make native built (STAGE=dev, REGION= or as the AWS CLI has it, PARAMS="name=value …" of infra/parameters.yml)
	@node infra/deploy.mjs deploy

remove: ## remove it from AWS, but for the table (STAGE=, REGION=)
	@node infra/deploy.mjs remove

clean: ## delete what was built
	@rm -rf target

target/bench/jvm.zip: $(SOURCES)
	@echo "Building for the JVM ..." && $(JDK) mvn -B -q -Dstyle.color=never package -DskipTests
	@mkdir -p $(@D) && cp target/function.zip $@

target/bench/native.zip: $(MAIN) | target/bench/jvm.zip
	@echo "Building the native executable (some minutes) ..." && src/local/bin/native -q -Dstyle.color=never package -DskipTests
	@mkdir -p $(@D) && cp target/function.zip $@

target/function.zip: $(SOURCES)
	@echo "Building (the first time it downloads for a minute) ..." && $(JDK) mvn -B -q -Dstyle.color=never pre-integration-test -DskipTests
