package dev.darkroom.local.declared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.darkroom.local.LocalParameters;
import dev.darkroom.local.Platform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ServerlessFileTest {

    private static final String IMAGES = "DARKROOM_WAVESPEED_IMAGES_PER_MINUTE";
    private static final Path PROJECT = Path.of("").toAbsolutePath();

    /** For parameters that are no number and no text. */
    private static final Map<String, String> OTHER_VALUES =
            Map.of("scheduleRate", "rate(7 minutes)", "functionUrl", "true");

    @Test
    void aParameterIsWhatWasAskedFor() {
        assertThat(submitVariables(Map.of())).containsEntry(IMAGES, "");
        assertThat(submitVariables(Map.of("imagesPerMinute", "60"))).containsEntry(IMAGES, "60");
    }

    @Test
    void imagesAreKeptForAsLongAsRowsUnlessAskedOtherwise() {
        assertThat(pollVariables(Map.of("rowRetention", "P9D")))
                .containsEntry("DARKROOM_IMAGES_RETENTION", "P9D")
                .containsEntry("DARKROOM_IMAGES_BUCKET", Platform.BUCKET);
        assertThat(pollVariables(Map.of("imageRetention", "P8D"))).containsEntry("DARKROOM_IMAGES_RETENTION", "P8D");
    }

    @Test
    void withoutImagesNoRequestKeepsItsImages() {
        var parameters = Map.of("keepImages", "false");

        assertThat(new ServerlessFile(PROJECT).keepsImages()).isTrue();
        assertThat(new ServerlessFile(PROJECT, parameters).keepsImages()).isFalse();
        assertThat(submitVariables(parameters)).containsEntry("DARKROOM_IMAGES_BUCKET", "");
    }

    @Test
    void aValueMayHaveSpaces() {
        assertThat(LocalParameters.parse(" shards=2  scheduleRate=rate(2 minutes) corsOrigin=")
                        .values())
                .isEqualTo(Map.of("shards", "2", "scheduleRate", "rate(2 minutes)", "corsOrigin", ""));
        assertThat(LocalParameters.parse("").values()).isEmpty();
        assertThatThrownBy(() -> LocalParameters.parse("shards")).hasMessage("PARAMS must be name=value …, not shards");
    }

    @Test
    void aParameterThatDoesNotExistIsNamed() {
        assertThatThrownBy(() -> new ServerlessFile(PROJECT, Map.of("imagesPerHour", "60")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("there is no parameter imagesPerHour in infra/parameters.yml");
    }

    @Test
    void onlyTheScheduleOfSweepsIsForThisMachine() {
        assertThat(new ServerlessFile(PROJECT).schedules())
                .containsExactly(new ScheduleSpec("poll-generations", "{\"shards\": []}"));
    }

    @Test
    void withoutCorsOriginTheEndpointHasNoCors() {
        var endpoint = new ServerlessFile(PROJECT).endpoint();

        assertThat(endpoint).isEqualTo(new EndpointSpec(Optional.empty(), 50, 100));
    }

    @Test
    void theParametersOfTheEndpointAreWhatWasAskedFor() {
        var parameters = Map.of("corsOrigin", "https://app.example.com", "throttleRate", "5", "throttleBurst", "6");

        var endpoint = new ServerlessFile(PROJECT, parameters).endpoint();

        assertThat(endpoint.throttleRate()).isEqualTo(5);
        assertThat(endpoint.throttleBurst()).isEqualTo(6);
        assertThat(endpoint.cors())
                .contains(new CorsSpec(
                        "https://app.example.com",
                        List.of("GET", "POST"),
                        List.of(
                                "authorization",
                                "content-type",
                                "idempotency-key",
                                "if-none-match",
                                "prefer",
                                "traceparent",
                                "x-darkroom-metadata",
                                "x-stainless-arch",
                                "x-stainless-lang",
                                "x-stainless-os",
                                "x-stainless-package-version",
                                "x-stainless-retry-count",
                                "x-stainless-runtime",
                                "x-stainless-runtime-version",
                                "x-stainless-timeout"),
                        List.of(
                                "x-request-id",
                                "x-should-retry",
                                "retry-after",
                                "retry-after-ms",
                                "location",
                                "idempotent-replayed",
                                "etag",
                                "preference-applied",
                                "x-darkroom-cost",
                                "deprecation",
                                "sunset"),
                        Duration.ofMinutes(10)));
    }

    @Test
    void everyParameterHasAnEffectOnThisMachineOrIsRefused() throws IOException {
        var refused = Pattern.compile("(?m)^  (\\w+): ")
                .matcher(Files.readString(PROJECT.resolve("infra/check-local.mjs")))
                .results()
                .map(name -> name.group(1))
                .toList();

        var parameters = new YAMLMapper()
                .readTree(PROJECT.resolve("infra/parameters.yml").toFile())
                .propertyStream()
                .map(Map.Entry::getKey)
                .toList();

        assertThat(parameters)
                .filteredOn(name -> !hasAnEffect(name, OTHER_VALUES.getOrDefault(name, "7")))
                .containsExactlyInAnyOrderElementsOf(refused);
    }

    private static boolean hasAnEffect(String name, String value) {
        var usual = new ServerlessFile(PROJECT);
        var changed = new ServerlessFile(PROJECT, Map.of(name, value));
        // Only AWS has secrets, keys and traces, verifies tokens, and gives functions their memory.
        boolean isOfAws = Set.of(
                        "packaging",
                        "providerKeySecret",
                        "providerKeyArn",
                        "providerKeyField",
                        "receiptKmsKey",
                        "jwtIssuer",
                        "tracing")
                .contains(name);
        return (!isOfAws && !changed.functions().equals(usual.functions()))
                || !changed.endpoint().equals(usual.endpoint())
                || LocalParameters.parse(name + "=" + value).tick().isPresent();
    }

    @Test
    void onlyAFunctionThatMayBeWaitedForHasMoreTimeThanApiGateway() {
        var usual = new ServerlessFile(PROJECT);
        var withUrl = new ServerlessFile(PROJECT, Map.of("functionUrl", "true"));

        assertThat(usual.functionOfUrl()).isEmpty();
        assertThat(submission(usual).timeout()).isEqualTo(Duration.ofSeconds(29));
        assertThat(withUrl.functionOfUrl()).contains("submit-generation");
        assertThat(submission(withUrl).timeout()).isEqualTo(Duration.ofSeconds(310));
    }

    @Test
    void onlySweepsHaveAConcurrencyOfTheirOwn() {
        assertThat(new ServerlessFile(PROJECT).functions())
                .allSatisfy(
                        function -> assertThat(function.reservedConcurrency()).isEmpty());
        assertThat(new ServerlessFile(PROJECT, Map.of("pollConcurrency", "3")).functions())
                .filteredOn(function -> function.reservedConcurrency().isPresent())
                .singleElement()
                .satisfies(function -> assertThat(function.name()).isEqualTo("poll-generations"))
                .satisfies(
                        function -> assertThat(function.reservedConcurrency()).hasValue(3));
    }

    @Test
    void aLocalStateMachineIsInTheAwsPartition() {
        assertThat(new ServerlessFile(PROJECT).stateMachines())
                .hasSize(2)
                .allSatisfy(machine -> assertThat(machine.substitutions()).containsEntry("Partition", "aws"));
    }

    /**
     * A submission whose path has one slash too many arrives on the default route, whose function must have the rights
     * to submit.
     */
    @Test
    void theDefaultRouteLeadsToTheFunctionThatMaySubmit() {
        var functions = new ServerlessFile(PROJECT, Map.of()).functions();

        assertThat(functions)
                .filteredOn(function ->
                        function.routes().stream().anyMatch(route -> route.key().equals("$default")))
                .singleElement()
                .satisfies(function -> assertThat(function.name()).isEqualTo("submit-generation"));
    }

    private static Map<String, String> submitVariables(Map<String, String> parameters) {
        return variables("submit-generation", parameters);
    }

    private static Map<String, String> pollVariables(Map<String, String> parameters) {
        return variables("poll-generations", parameters);
    }

    private static Map<String, String> variables(String name, Map<String, String> parameters) {
        return function(new ServerlessFile(PROJECT, parameters), name).environment();
    }

    private static FunctionSpec submission(ServerlessFile declared) {
        return function(declared, "submit-generation");
    }

    private static FunctionSpec function(ServerlessFile declared, String name) {
        return declared.functions().stream()
                .filter(function -> function.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
