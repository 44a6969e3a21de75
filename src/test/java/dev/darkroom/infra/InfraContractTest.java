package dev.darkroom.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import dev.darkroom.settings.CheckedVariables;
import io.smallrye.config.EnvConfigSource;
import jakarta.inject.Named;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The declarations under {@code infra} match the code. */
class InfraContractTest {

    private static final Path PROJECT = Path.of("").toAbsolutePath();

    private static final Pattern WATCHED =
            Pattern.compile("(?:Namespace: Darkroom\\s+MetricName: |\"Darkroom\", \")(\\w+)");

    private static final Pattern CODE = Pattern.compile("`([a-z]+(?:_[a-z]+)+)`");

    private static final Pattern DOCUMENTED_VARIABLE = Pattern.compile("(?m)^\\| `([A-Z_]+)` \\|");

    private static final Pattern NAME_PART = Pattern.compile("(?:^|_)([a-z])");

    private static final JavaClasses CLASSES =
            new ClassFileImporter().withImportOption(new DoNotIncludeTests()).importPackages("dev.darkroom");

    @Test
    void everyHandlerIsAFunctionOfItsName() throws IOException {
        assertThat(DeclaredFunctions.of(PROJECT).problemsOfHandlers(handlers())).isEmpty();
    }

    @Test
    void aHandlerThatIsNotDeclaredIsNamed() throws IOException {
        var functions = new HashMap<>(DeclaredFunctions.of(PROJECT).functions());
        functions.remove("get-generation");

        assertThat(new DeclaredFunctions(functions).problemsOfHandlers(handlers()))
                .contains("no function runs @Named(\"get-generation\")");
    }

    @Test
    void aFunctionWithoutAHandlerIsNamed() throws IOException {
        assertThat(DeclaredFunctions.of(PROJECT).problemsOfHandlers(Set.of()))
                .contains("function get-generation runs get-generation, and there is no @Named(\"get-generation\")");
    }

    @Test
    void everyFunctionAndItsRoleAreIncluded() throws IOException {
        var serverless =
                new YAMLMapper().readTree(PROJECT.resolve("serverless.yml").toFile());

        assertThat(DeclaredFunctions.of(PROJECT).problemsOfIncludes(serverless)).isEmpty();
    }

    @Test
    void everyVariableIsAConfigurationKey() throws IOException {
        assertThat(DeclaredFunctions.of(PROJECT).problemsOfVariables(ConfigurationKeys.variables(CLASSES)))
                .isEmpty();
    }

    @Test
    void aVariableThatNothingReadsIsNamed() throws IOException {
        assertThat(DeclaredFunctions.of(PROJECT).problemsOfVariables(Set.of("DARKROOM_TABLE_NAME")))
                .contains("function poll-generations sets DARKROOM_TABLE_SHARDS, which is no configuration key");
    }

    @Test
    void aSettingHasTheVariableOfItsKey() {
        var ours = new TreeSet<>(ConfigurationKeys.keys(CLASSES));
        ours.removeAll(ConfigurationKeys.namedByOthers());

        assertThat(ours).isNotEmpty().allSatisfy(key -> {
            var environment = new EnvConfigSource(Map.of(ConfigurationKeys.variable(key), "value"), 300);
            assertThat(environment.getValue(key)).isEqualTo("value");
        });
    }

    @Test
    void onlyWhatOthersNameIsTakenFromAnotherVariable() throws IOException {
        assertThat(ConfigurationKeys.redirected(PROJECT)).isEqualTo(ConfigurationKeys.namedByOthers());
    }

    /** Lambda itself sets the one that is left out. */
    @Test
    void everySettingIsCheckedAtTheStart() {
        var settable = new TreeSet<>(ConfigurationKeys.variables(CLASSES));
        settable.remove("AWS_LAMBDA_INITIALIZATION_TYPE");

        assertThat(CheckedVariables.NAMES).isEqualTo(settable);
    }

    @Test
    void everySettingIsDocumentedUnderItsVariable() throws IOException {
        var document = Files.readString(PROJECT.resolve("docs/configuration.md"))
                .replaceFirst("(?s).*\n## Environment variables of the functions\n", "");
        var documented = DOCUMENTED_VARIABLE.matcher(document).results().map(match -> match.group(1));

        assertThat(documented).containsExactlyInAnyOrderElementsOf(ConfigurationKeys.variables(CLASSES));
    }

    @Test
    void everyErrorThatAStateMachineWaitsForIsAnException() throws IOException {
        var machines = StateMachineFile.of(PROJECT);

        assertThat(machines).hasSize(2);
        assertThat(machines).flatMap(StateMachineFile::problemsOfErrors).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            GenerationNotFinishedException | GenerationIsRunningException   | Poll waits for dev.darkroom.errors.GenerationIsRunningException, and there is no such class
            GenerationNotFinishedException | IdempotencyKeyReusedException  | Poll waits for dev.darkroom.errors.IdempotencyKeyReusedException, which ${PollGenerations} does not throw
            Lambda.Unknown                 | Lambda.Unknwon                 | Poll waits for Lambda.Unknwon, which neither Step Functions nor Lambda knows
            Sandbox.Timedout               | content_moderated              | Start waits for content_moderated, which neither Step Functions nor Lambda knows
            """)
    void anErrorThatCannotHappenIsNamed(String right, String wrong, String named) throws IOException {
        var text = Files.readString(PROJECT.resolve("infra/state-machines/generate-image.asl.json"));

        var machine = new StateMachineFile("generate-image", new ObjectMapper().readTree(text.replace(right, wrong)));

        assertThat(machine.problemsOfErrors()).contains("generate-image: " + named);
    }

    /** AWS says that a function needs some minutes to become active, and calls fail until then. */
    @Test
    void everyTaskTriesAgainUntilAnInactiveFunctionIsActive() throws IOException {
        assertThat(StateMachineFile.of(PROJECT))
                .allSatisfy(machine -> assertThat(machine.tasks())
                        .isNotEmpty()
                        .allSatisfy(task -> assertThat(machine.retrySecondsWhileInactive(task))
                                .as("%s of %s", task, machine.name())
                                .isBetween(180.0, 600.0)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Lambda.SnapStartNotReadyException", "Lambda.CodeArtifactUserPendingException"})
    void aTaskThatDoesNotKnowAnInactiveFunctionIsSeen(String error) throws IOException {
        var text = Files.readString(PROJECT.resolve("infra/state-machines/generate-image.asl.json"));
        var machine = new StateMachineFile(
                "generate-image", new ObjectMapper().readTree(text.replace(error, "Lambda.Unknown")));

        assertThat(machine.retrySecondsWhileInactive("Poll")).isZero();
    }

    /**
     * A redrive begins with the state that failed. If a transient error were caught, that would be a Fail state, which
     * fails again.
     */
    @Test
    void transientErrorsAreNotCaught() throws IOException {
        assertThat(StateMachineFile.of(PROJECT))
                .flatMap(StateMachineFile::problemsOfCatchers)
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"States.ALL", "Lambda.TooManyRequestsException", "dev.darkroom.errors.StoreUnavailableException"
            })
    void aCatcherOfATransientErrorIsNamed(String error) throws IOException {
        var text = Files.readString(PROJECT.resolve("infra/state-machines/generate-image.asl.json"));
        var machine = new StateMachineFile(
                "generate-image",
                new ObjectMapper().readTree(text.replace("dev.darkroom.errors.GenerationNotFoundException", error)));

        assertThat(machine.problemsOfCatchers())
                .containsExactly("generate-image: Poll catches %s, which may pass".formatted(error));
    }

    /** The states exist twice only because a path in a state machine cannot have a default. */
    @ParameterizedTest
    @CsvSource({"0, Generate, GenerateUnderKey", "1, Start, StartUnderKey"})
    void withAKeyOfTheInputAnExecutionDoesTheSame(int machine, String byName, String byKey) throws IOException {
        var file = StateMachineFile.of(PROJECT).get(machine);

        var other = file.state(byKey).toString().replace("\"$.idempotencyKey\"", "\"$$.Execution.Name\"");

        assertThat(withoutComment(new ObjectMapper().readTree(other))).isEqualTo(withoutComment(file.state(byName)));
    }

    private static JsonNode withoutComment(JsonNode state) {
        return ((ObjectNode) state.deepCopy()).without("Comment");
    }

    /** With any other error the execution would not show that the generation failed. */
    @Test
    void everyFailureOfAGenerationIsHandledByTheTaskThatIsNotified() throws IOException {
        var failures = Files.readString(PROJECT.resolve("docs/api.md"))
                .replaceFirst("(?s).*\n## Failed generations\n", "")
                .replaceFirst("(?s)\n## .*", "");
        var documented = CODE.matcher(failures).results().map(code -> code.group(1));

        assertThat(StateMachineFile.of(PROJECT))
                .filteredOn(machine -> machine.name().startsWith("generate-image-callback"))
                .flatMap(StateMachineFile::codes)
                .containsExactlyInAnyOrderElementsOf(documented.toList());
    }

    /** An alarm on a metric that no code writes never fires. */
    @Test
    void exactlyTheMeasuredMetricsAreWatched() throws IOException, ClassNotFoundException {
        var measured = Stream.of(Class.forName("dev.darkroom.observability.Metrics$Metric")
                        .getEnumConstants())
                .map(metric -> NAME_PART.matcher(metric.toString().toLowerCase(Locale.ROOT)))
                .map(name -> name.replaceAll(part -> part.group(1).toUpperCase(Locale.ROOT)))
                .toList();
        var monitoring = new StringBuilder();
        try (var files = Files.list(PROJECT.resolve("infra/resources"))) {
            for (var file : files.toList()) {
                monitoring.append(Files.readString(file));
            }
        }

        assertThat(WATCHED.matcher(monitoring)
                        .results()
                        .map(match -> match.group(1))
                        .distinct())
                .containsExactlyInAnyOrderElementsOf(measured);
    }

    @Test
    void everyParameterIsUsed() throws IOException {
        var parameters = new YAMLMapper()
                .readTree(PROJECT.resolve("infra/parameters.yml").toFile());
        var declared = new StringBuilder(Files.readString(PROJECT.resolve("serverless.yml")));
        try (var files = Files.find(
                PROJECT.resolve("infra"), 2, (file, _) -> file.toString().matches(".*\\.(yml|cjs)"))) {
            for (var file : files.toList()) {
                declared.append(Files.readString(file));
            }
        }

        assertThat(parameters.fieldNames())
                .toIterable()
                .allSatisfy(name -> assertThat(declared).containsPattern("\\bparam:%s\\b".formatted(name)));
    }

    @Test
    void serverlessYmlOnlyPutsPartsTogether() throws IOException {
        assertThat(Files.readAllLines(PROJECT.resolve("serverless.yml"))).hasSizeLessThanOrEqualTo(120);
    }

    private static Set<String> handlers() {
        return CLASSES.stream()
                .filter(type -> type.isAnnotatedWith(Named.class))
                .filter(type -> type.isAssignableTo(RequestHandler.class))
                .map(InfraContractTest::name)
                .collect(Collectors.toUnmodifiableSet());
    }

    private static String name(JavaClass handler) {
        return handler.getAnnotationOfType(Named.class).value();
    }
}
