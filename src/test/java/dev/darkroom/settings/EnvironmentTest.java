package dev.darkroom.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.provider.WiredProviders;
import dev.darkroom.provider.wavespeed.WaveSpeedProviders;
import java.net.URI;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The errors about the environment when a function starts. */
class EnvironmentTest {

    private static final Map<String, String> GOOD = Map.of(
            "QUARKUS_LAMBDA_HANDLER",
            "submit-generation",
            "AWS_REGION",
            "us-east-1",
            "DARKROOM_WAVESPEED_API_KEY",
            "key");

    private static List<String> problems(Map<String, String> variables) {
        return new Environment(variables::get, WiredProviders.deployed().variables()).problems();
    }

    private static List<String> problems(String variable, String value) {
        var variables = new HashMap<>(GOOD);
        variables.put(variable, value);
        return problems(variables);
    }

    @Test
    void whatHasADefaultNeedNotBeSet() {
        assertThat(problems(GOOD)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            DARKROOM_TABLE_SHARDS                 | abc      | DARKROOM_TABLE_SHARDS must be a whole number from 1 to 1000, not abc
            DARKROOM_TABLE_SHARDS                 | 0        | DARKROOM_TABLE_SHARDS must be a whole number from 1 to 1000, not 0
            DARKROOM_TABLE_SHARDS                 | -1       | DARKROOM_TABLE_SHARDS must be a whole number from 1 to 1000, not -1
            DARKROOM_TABLE_SHARDS                 | 1.5      | DARKROOM_TABLE_SHARDS must be a whole number from 1 to 1000, not 1.5
            DARKROOM_TABLE_SHARDS                 | 99999999999 | DARKROOM_TABLE_SHARDS must be a whole number from 1 to 1000, not 99999999999
            DARKROOM_TABLE_SHARDS                 | ''       | DARKROOM_TABLE_SHARDS must be a whole number from 1 to 1000, not empty
            DARKROOM_TABLE_RETENTION              | 30       | DARKROOM_TABLE_RETENTION must be an ISO-8601 duration from P8D to P3650D, not 30
            DARKROOM_TABLE_RETENTION              | 30d      | DARKROOM_TABLE_RETENTION must be an ISO-8601 duration from P8D to P3650D, not 30d
            DARKROOM_TABLE_RETENTION              | P1D      | DARKROOM_TABLE_RETENTION must be an ISO-8601 duration from P8D to P3650D, not P1D
            DARKROOM_TABLE_RETENTION              | P7DT23H59M59S | DARKROOM_TABLE_RETENTION must be an ISO-8601 duration from P8D to P3650D, not P7DT23H59M59S
            DARKROOM_TABLE_RETENTION              | -P30D    | DARKROOM_TABLE_RETENTION must be an ISO-8601 duration from P8D to P3650D, not -P30D
            DARKROOM_TABLE_RETENTION              | P99999999999D | DARKROOM_TABLE_RETENTION must be an ISO-8601 duration from P8D to P3650D, not P99999999999D
            DARKROOM_TIMEOUTS_RESUBMIT_AFTER      | PT9M | DARKROOM_TIMEOUTS_RESUBMIT_AFTER must be an ISO-8601 duration from PT10M to P365D, not PT9M
            DARKROOM_TIMEOUTS_CLAIM               | PT0S  | DARKROOM_TIMEOUTS_CLAIM must be an ISO-8601 duration from PT2S to P365D, not PT0S
            DARKROOM_TIMEOUTS_CLAIM               | PT0.9S | DARKROOM_TIMEOUTS_CLAIM must be an ISO-8601 duration from PT2S to P365D, not PT0.9S
            DARKROOM_TIMEOUTS_QUEUED              | PT0S | DARKROOM_TIMEOUTS_QUEUED must be an ISO-8601 duration from PT0.001S to P365D, not PT0S
            DARKROOM_SWEEP_CONCURRENCY            | many     | DARKROOM_SWEEP_CONCURRENCY must be a whole number from 1 to 1000, not many
            DARKROOM_WAVESPEED_IMAGES_PER_MINUTE | 60001 | DARKROOM_WAVESPEED_IMAGES_PER_MINUTE must be a whole number from 1 to 60000, not 60001
            DARKROOM_FUNCTION_LOG_LEVEL           | LOUD     | DARKROOM_FUNCTION_LOG_LEVEL must be one of TRACE, DEBUG, INFO, WARN, ERROR, FATAL, OFF, not LOUD
            QUARKUS_LAMBDA_HANDLER                | no-such  | QUARKUS_LAMBDA_HANDLER must be one of submit-generation, get-generation, poll-generations, start-generation, receive-webhook, manage-generations, get-image, not no-such
            DARKROOM_TABLE_NAME                   | a        | DARKROOM_TABLE_NAME must be the name of a table: 3 to 255 letters, digits, dots, hyphens and underscores, not a
            DARKROOM_IMAGES_BUCKET                | Images   | DARKROOM_IMAGES_BUCKET must be the name of a bucket: 3 to 63 lower-case letters, digits, dots and hyphens, not Images
            DARKROOM_IMAGES_RETENTION             | PT1H     | DARKROOM_IMAGES_RETENTION must be an ISO-8601 duration from P1D to P3650D, not PT1H
            DARKROOM_RECEIPT_KEY                  | short    | DARKROOM_RECEIPT_KEY must be at least 32 visible ASCII characters without a blank or ${
            DARKROOM_RECEIPT_KMS_KEY              | a b      | DARKROOM_RECEIPT_KMS_KEY must be the id or ARN of a KMS key, not a b
            DARKROOM_WAVESPEED_API_KEY_SECRET     | a b      | DARKROOM_WAVESPEED_API_KEY_SECRET must be the name or ARN of a secret, or the ARN of a parameter, not a b
            DARKROOM_WAVESPEED_API_KEY_FIELD      | a b      | DARKROOM_WAVESPEED_API_KEY_FIELD must be the name of a field, without blanks, not a b
            DARKROOM_EVENTS_BUS                   | arn:aws:events:us-east-1:123456789012:event-bus/a | DARKROOM_EVENTS_BUS must be the name of an event bus: 1 to 256 letters, digits, dots, hyphens and underscores, not arn:aws:events:us-east-1:123456789012:event-bus/a
            DARKROOM_FETCH_LOOPBACK               | yes      | DARKROOM_FETCH_LOOPBACK must be one of true, false, not yes
            DARKROOM_SWEEP_FUNCTION               | a b      | DARKROOM_SWEEP_FUNCTION must be the name or the ARN of a function, with its alias if there is one, not a b
            DARKROOM_METRICS_STAGE                | ' '      | 'DARKROOM_METRICS_STAGE must be 1 to 64 letters, digits, dots, hyphens and underscores, not  '
            AWS_REGION                            | Europe   | AWS_REGION must be the id of a region, such as eu-central-1, not Europe
            DARKROOM_USAGE_METADATA               | a,b,c,d,e,f | DARKROOM_USAGE_METADATA must be one to five names of metadata, with commas between them, not a,b,c,d,e,f
            DARKROOM_MODELS_UNKNOWN_PARAMETERS    | drop     | DARKROOM_MODELS_UNKNOWN_PARAMETERS must be one of refuse, ignore, not drop
            DARKROOM_OPENAI_DEFAULT_MODEL         | Imagen 4 | DARKROOM_OPENAI_DEFAULT_MODEL must be the path of a model in lower case, not Imagen 4
            DARKROOM_MODELS_ALIASES               | a/b      | DARKROOM_MODELS_ALIASES must be path=model, with commas between several, not a/b
            DARKROOM_MODELS_ALIASES               | a/b=c/d  | DARKROOM_MODELS_ALIASES: a/b leads to c/d, which is not in the catalogue
            DARKROOM_MODELS_ALIASES               | google/imagen4=google/nano-banana-pro/text-to-image | DARKROOM_MODELS_ALIASES: google/imagen4 leads to google/nano-banana-pro/text-to-image, and the two do not agree on aspect_ratio, negative_prompt, seed, resolution, output_format. Nothing says what becomes of these parameters: add a successor with a map to models/google/imagen4.json, or choose a model that takes the same
            DARKROOM_MODELS_ALIASES               | A/b=c/d  | DARKROOM_MODELS_ALIASES: an alias is path=model, both in lower case, with a comma between two aliases
            """)
    void aWrongValueIsReportedInOneSentenceThatNamesTheVariable(String variable, String value, String sentence) {
        assertThat(problems(variable, value)).containsExactly(sentence);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            DARKROOM_TABLE_SHARDS                 | 128
            DARKROOM_TABLE_RETENTION              | P8D
            DARKROOM_TABLE_RETENTION              | PT192H
            DARKROOM_TIMEOUTS_RESUBMIT_AFTER      | PT10M
            DARKROOM_TIMEOUTS_RESUBMIT_AFTER      | ''
            DARKROOM_WAVESPEED_IMAGES_PER_MINUTE | ''
            DARKROOM_GATEWAY_PUBLIC_URL           | ''
            DARKROOM_GATEWAY_PUBLIC_URL           | https://abc.execute-api.us-east-1.amazonaws.com/dev/
            DARKROOM_GATEWAY_PUBLIC_URL           | http://[::1]:8080
            DARKROOM_WAVESPEED_BASE_URL           | HTTP://localhost:1
            DARKROOM_TABLE_NAME                   | arn:aws:dynamodb:eu-central-1:123456789012:table/darkroom-dev
            DARKROOM_SWEEP_FUNCTION               | darkroom-dev-poll-generations:live
            DARKROOM_SWEEP_FUNCTION               | arn:aws:lambda:us-east-1:123456789012:function:darkroom-dev-poll-generations:$LATEST
            DARKROOM_SWEEP_FUNCTION               | ''
            DARKROOM_USAGE_METADATA               | ''
            DARKROOM_USAGE_METADATA               | project,team
            DARKROOM_MODELS_ALIASES               | ''
            DARKROOM_MODELS_ALIASES               | house/best=bytedance/seedream-v4.5
            DARKROOM_MODELS_ALIASES               | gpt-image-1=openai/gpt-image-1/text-to-image,dall-e-3=gpt-image-1
            DARKROOM_OPENAI_DEFAULT_MODEL         | ''
            DARKROOM_OPENAI_DEFAULT_MODEL         | dall-e-3
            DARKROOM_SOMETHING_ELSE               | whatever
            DARKROOM_AWS_SECRETS_ENDPOINT         | ''
            DARKROOM_WAVESPEED_API_KEY_SECRET     | ''
            DARKROOM_WAVESPEED_API_KEY_SECRET     | arn:aws:ssm:us-east-1:123456789012:parameter/darkroom/key
            DARKROOM_WAVESPEED_API_KEY_FIELD      | wavespeed
            DARKROOM_RECEIPT_KEY                  | ''
            DARKROOM_RECEIPT_KEY                  | a-key-of-receipts-of-32-letters-
            DARKROOM_WAVESPEED_WEBHOOK_SECRET     | ''
            DARKROOM_WAVESPEED_WEBHOOK_SECRET     | whsec_a
            DARKROOM_WAVESPEED_WEBHOOK_SECRET     | 'whsec_a,whsec_b'
            DARKROOM_WAVESPEED_WEBHOOK_SECRET     | ' whsec_a whsec_b '
            AWS_REGION                            | us-gov-west-1
            """)
    void aGoodValueIsAccepted(String variable, String value) {
        assertThat(problems(variable, value)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "api.wavespeed.ai",
                "//host",
                "ftp://host",
                "https://",
                "https:host",
                "https://us er@host",
                "https://user@host",
                "https://user:secret@host",
                "https://host?key=secret",
                "https://host#secret",
                "https://host:99999",
                "https://h\u00f6st",
                "https://host/\n",
                " https://host",
                "https://my_host",
                "http://host:port"
            })
    void anInvalidAddressIsNotRepeatedBecauseItMayContainASecret(String address) {
        assertThat(problems("DARKROOM_WAVESPEED_BASE_URL", address))
                .containsExactly(
                        "DARKROOM_WAVESPEED_BASE_URL must be an absolute http or https URL without user, query and fragment");
        assertThat(problems("DARKROOM_GATEWAY_PUBLIC_URL", address)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "the key",
                "the\nkey",
                "the\r\nkey",
                "the-k\u00e9y",
                "the-key\u0000",
                "the-key\u007f",
                "the-key\u0085",
                "the-key\u00a0",
                "the-key\u200b",
                "\u00a0key",
                "\ufeffkey",
                "${key}",
                "key\\$"
            })
    void anInvalidSecretIsNotRepeated(String secret) {
        assertThat(problems("DARKROOM_WAVESPEED_API_KEY", secret))
                .containsExactly("DARKROOM_WAVESPEED_API_KEY must be visible ASCII characters without a blank or ${");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a,b,c", "whsec_", "whsec_a,whsec_", "k\u00e9y", "a\u0000", "${key}"})
    void anInvalidSecretOfWebhooksIsNotRepeated(String secret) {
        assertThat(problems("DARKROOM_WAVESPEED_WEBHOOK_SECRET", secret))
                .containsExactly(
                        "DARKROOM_WAVESPEED_WEBHOOK_SECRET must be one secret, or two with a comma between them, of visible ASCII characters without ${");
    }

    @ParameterizedTest
    @ValueSource(strings = {"key\n", " key", "key\r\n", "$key", "k,e.y_-/+="})
    void aKeyMayHaveBlanksAroundIt(String key) {
        assertThat(problems("DARKROOM_WAVESPEED_API_KEY", key)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "submit-generation, 1",
        "poll-generations, 1",
        "start-generation, 1",
        "get-generation, 0",
        "manage-generations, 0",
        "get-image, 0",
        "receive-webhook, 0"
    })
    void theKeyMustBeSetWhereTheProviderIsCalled(String handler, int problems) {
        var variables = new HashMap<>(GOOD);
        variables.put("QUARKUS_LAMBDA_HANDLER", handler);
        variables.put("DARKROOM_WAVESPEED_API_KEY", " \n");

        assertThat(problems(variables))
                .hasSize(problems)
                .allMatch(
                        "DARKROOM_WAVESPEED_API_KEY_SECRET or DARKROOM_WAVESPEED_API_KEY must be set for this function"
                                ::equals);
        variables.remove("DARKROOM_WAVESPEED_API_KEY");
        assertThat(problems(variables))
                .hasSize(problems)
                .allMatch(
                        "DARKROOM_WAVESPEED_API_KEY_SECRET or DARKROOM_WAVESPEED_API_KEY must be set for this function"
                                ::equals);
    }

    @Test
    void aSecretThatHasTheKeyIsEnough() {
        var variables = new HashMap<>(GOOD);
        variables.remove("DARKROOM_WAVESPEED_API_KEY");
        variables.put("DARKROOM_WAVESPEED_API_KEY_SECRET", "darkroom/wavespeed-api-key");

        assertThat(problems(variables)).isEmpty();
    }

    private static List<String> problemsWithFurtherProvider(Map<String, String> variables) {
        var token = "DARKROOM_ACME_TOKEN";
        var pace = Rule.number("DARKROOM_ACME_PACE", 1, 9);
        var providers = new ArrayList<>(WiredProviders.deployed().variables());
        providers.add(new ProviderVariables(List.of(Rule.secret(token), pace), List.of(List.of(token))));
        return new Environment(variables::get, providers).problems();
    }

    @Test
    void theVariablesOfAFurtherProviderAreChecked() {
        var variables = new HashMap<>(GOOD);
        variables.put("DARKROOM_ACME_TOKEN", "a b");
        variables.put("DARKROOM_ACME_PACE", "10");

        assertThat(problemsWithFurtherProvider(variables))
                .containsExactly(
                        "DARKROOM_ACME_TOKEN must be visible ASCII characters without a blank or ${",
                        "DARKROOM_ACME_PACE must be a whole number from 1 to 9, not 10");
    }

    @ParameterizedTest
    @CsvSource({"submit-generation, 2", "get-generation, 0"})
    void theKeysOfAllProvidersMustBeSetWhereProvidersAreCalled(String handler, int problems) {
        var variables = new HashMap<>(GOOD);
        variables.put("QUARKUS_LAMBDA_HANDLER", handler);
        variables.remove("DARKROOM_WAVESPEED_API_KEY");

        assertThat(problemsWithFurtherProvider(variables)).hasSize(problems);
    }

    @Test
    void whatHasNoDefaultMustBeSet() {
        assertThat(problems(Map.of()))
                .containsExactly(
                        "QUARKUS_LAMBDA_HANDLER must be set for this function",
                        "AWS_REGION must be set for this function");
    }

    /** Another row could adopt the prediction of a row that was deleted too early. */
    @Test
    void rowsAreKeptForLongerThanTheProviderShowsTheirPredictions() {
        var shown = WaveSpeedProviders.at(URI.create("http://localhost"), "whsec_a", InstantSource.system())
                .historyKept();

        assertThat(problems("DARKROOM_TABLE_RETENTION", shown.toString())).hasSize(1);
        assertThat(problems("DARKROOM_TABLE_RETENTION", shown.plusDays(1).toString()))
                .isEmpty();
    }

    @Test
    void allErrorsAreReportedAtOnce() {
        var variables = new HashMap<>(GOOD);
        variables.put("DARKROOM_TABLE_SHARDS", "abc");
        variables.put("DARKROOM_TABLE_RETENTION", "30");
        variables.put("DARKROOM_WAVESPEED_API_KEY", "");

        assertThat(problems(variables)).hasSize(3);
    }

    @Test
    void aValueOfAnyLengthAndKindMakesOneShortLine() {
        assertThat(problems("DARKROOM_TABLE_SHARDS", "\n\u0007\u00e4".repeat(1000)))
                .singleElement()
                .satisfies(line -> assertThat(line).hasSizeLessThan(150).matches("[\\x20-\\x7E]*"));
    }

    @Test
    void everyHandlerCanBeStarted() throws ClassNotFoundException {
        var handlers = Arrays.stream(Class.forName("dev.darkroom.runtime.FunctionConfig$Handler")
                        .getEnumConstants())
                .map(handler -> handler.toString().toLowerCase(Locale.ROOT).replace('_', '-'));

        assertThat(handlers)
                .allSatisfy(handler ->
                        assertThat(problems(Environment.HANDLER, handler)).isEmpty());
    }
}
