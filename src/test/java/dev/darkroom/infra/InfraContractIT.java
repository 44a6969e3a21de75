package dev.darkroom.infra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What osls makes of the project: every way of packaging is valid and grants no more than the permission table says.
 */
class InfraContractIT {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** The alias in a function's ARN, as osls or as infra/resources/endpoint.yml builds it. */
    private static final Pattern ALIAS = Pattern.compile("LambdaFunction(\",\"Arn\"]},\"|\\.Arn}:)snapstart\"");

    @SuppressWarnings("NullAway.Init")
    private static PermissionTable permissions;

    /** Each way of packaging is a process of osls, so a loaded machine needs minutes. */
    @BeforeAll
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    static void packageEverything() throws IOException, InterruptedException {
        InfraTools.packageVariants();
        permissions = PermissionTable.read(InfraTools.PROJECT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "zip-arm64",
                "zip-x86_64",
                "image-arm64",
                "image-x86_64",
                "jvm-arm64",
                "jvm-x86_64",
                "every-parameter",
                "without-images",
                "domain",
                "tokens-for-aliases",
                "function-url-of-an-alias"
            })
    void everyTemplateKeepsTheContract(String variant) throws IOException {
        assertThat(new PackagedTemplate(template(variant)).problems(permissions))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"zip-arm64, arm64, provided.al2023", "jvm-x86_64, x86_64, java25"})
    void everyFunctionRunsOnWhatItWasBuiltFor(String variant, String architecture, String runtime) throws IOException {
        var functions = new PackagedTemplate(template(variant)).resources("AWS::Lambda::Function");

        assertThat(functions).hasSize(8).allSatisfy((_, function) -> {
            assertThat(function.at("/Properties/Architectures/0").asText()).isEqualTo(architecture);
            assertThat(function.at("/Properties/Runtime").asText()).isEqualTo(runtime);
            assertThat(function.at("/Properties/LoggingConfig/LogFormat").asText())
                    .isEqualTo("JSON");
        });
    }

    /** A call of the function without its alias starts a new process instead of restoring the snapshot. */
    @Test
    void withSnapStartEveryCallGoesToTheAlias() throws IOException {
        var template = template("jvm-arm64");
        var packaged = new PackagedTemplate(template);
        var byApiGateway = packaged.resources("AWS::ApiGatewayV2::Integration").values().stream()
                .map(JsonNode::toString)
                .toList();
        var permissions = packaged.resources("AWS::Lambda::Permission").values().stream()
                .map(permission -> permission.at("/Properties/FunctionName").toString())
                .toList();
        var callsOfLatest = template.toString().split("LambdaFunction\\.Arn}\"", -1).length - 1;

        assertThat(callsOfLatest).isZero();
        assertThat(byApiGateway).hasSize(5).allSatisfy(call -> assertThat(call).containsPattern(ALIAS));
        assertThat(permissions)
                .hasSize(7)
                .allSatisfy(function -> assertThat(function).containsPattern(ALIAS));
        assertThat(template.findValues("DARKROOM_SWEEP_FUNCTION"))
                .hasSize(6)
                .allSatisfy(name -> assertThat(name.asText()).endsWith("-poll-generations:snapstart"));
        assertThat(template.findValues("DARKROOM_SWEEP_FEW_FUNCTION"))
                .hasSize(6)
                .allSatisfy(name -> assertThat(name.asText()).endsWith("-poll-few-generations:snapstart"));
        assertThat(template.at("/Resources/SweepSchedule/Properties/Target/Arn/Fn::Sub")
                        .asText())
                .endsWith(":snapstart");
        assertThat(template.at("/Resources/PollDashgenerationsLambdaEvConf/Properties/Qualifier")
                        .asText())
                .isEqualTo("snapstart");
    }

    /** Lambda would take a chain of sweeps for a loop, and end it after 16. */
    @ParameterizedTest
    @ValueSource(strings = {"zip-arm64", "jvm-arm64"})
    void onlySweepsMayStartEachOtherForLong(String variant) throws IOException {
        var allowed = new PackagedTemplate(template(variant))
                .resources("AWS::Lambda::Function").values().stream()
                        .filter(function -> function.at("/Properties/RecursiveLoop")
                                .asText()
                                .equals("Allow"))
                        .map(function -> function.at("/Properties/FunctionName").asText())
                        .toList();

        assertThat(allowed)
                .containsExactlyInAnyOrder("darkroom-dev-poll-few-generations", "darkroom-dev-poll-generations");
    }

    /** A JVM does not fit into less memory, so there nothing is handed over. */
    @ParameterizedTest
    @CsvSource({"zip-arm64, 128, true", "jvm-arm64, 1024, false"})
    void theFunctionForFewRowsIsSmallWhereItCanBe(String variant, int memory, boolean handsOver) throws IOException {
        var few = new PackagedTemplate(template(variant))
                .resources("AWS::Lambda::Function")
                .get("PollDashfewDashgenerationsLambdaFunction");

        assertThat(Objects.requireNonNull(few).at("/Properties/MemorySize").asInt())
                .isEqualTo(memory);
        assertThat(few.at("/Properties/Environment/Variables/DARKROOM_SWEEP_FEW")
                        .asText())
                .isEqualTo(String.valueOf(handsOver));
    }

    /** Requests to the function's own URL carry no credentials of AWS. The function checks their API keys. */
    @ParameterizedTest
    @CsvSource({"zip-arm64, false, 29", "every-parameter, true, 310", "function-url-of-an-alias, true, 310"})
    void everyoneMayInvokeAFunctionOnlyByItsUrl(String variant, boolean hasUrl, int seconds) throws IOException {
        var template = template(variant);
        var open = new PackagedTemplate(template)
                .resources("AWS::Lambda::Permission").values().stream()
                        .filter(permission ->
                                permission.at("/Properties/Principal").asText().equals("*"))
                        .toList();

        assertThat(open).hasSize(2).allSatisfy(permission -> {
            assertThat(permission.path("Condition").asText()).isEqualTo("HasFunctionUrl");
            assertThat(permission.at("/Properties/FunctionName").toString()).contains("SubmitDashgeneration");
            assertThat(permission.at("/Properties/FunctionUrlAuthType").asText().equals("NONE")
                            || permission
                                    .at("/Properties/InvokedViaFunctionUrl")
                                    .booleanValue())
                    .isTrue();
        });
        assertThat(template.at("/Conditions/HasFunctionUrl/Fn::Equals/0").asText())
                .isEqualTo(Boolean.toString(hasUrl));
        assertThat(properties(template, "SubmitDashgenerationLambdaFunction")
                        .path("Timeout")
                        .intValue())
                .isEqualTo(seconds);
    }

    @ParameterizedTest
    @ValueSource(strings = {"zip-arm64", "image-arm64", "jvm-arm64", "every-parameter"})
    void noNameIsTheSameInTwoRegions(String variant) throws IOException {
        assertThat(new GlobalNames(new PackagedTemplate(template(variant))).problems())
                .isEmpty();
    }

    @Test
    void aNameThatIsTheSameInTwoRegionsIsNamed() throws IOException {
        var template = template("zip-arm64");
        properties(template, "Dashboard").put("DashboardName", "darkroom-dev");
        properties(template, "GetImageRole").put("RoleName", "darkroom-dev-get-image");

        assertThat(new GlobalNames(new PackagedTemplate(template)).problems())
                .containsExactly(
                        "Dashboard has the same name in every region",
                        "GetImageRole has the same name in every region");
    }

    @ParameterizedTest
    @ValueSource(strings = {"jvm-arm64", "jvm-x86_64", "function-url-of-an-alias"})
    void whatCallsAnAliasIsMadeAfterIt(String variant) throws IOException {
        assertThat(new CalledAliases(new PackagedTemplate(template(variant))).problems())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "SweepSchedule, PollDashgenerations",
        "BillSchedule, PollDashgenerations",
        "GenerateImageCallback, StartDashgeneration",
        "KeepSubmitGenerationActive, SubmitDashgeneration",
        "KeepReceiveWebhookActive, ReceiveDashwebhook"
    })
    void whatMayBeThereBeforeItsAliasIsNamed(String caller, String function) throws IOException {
        var template = template("jvm-arm64");
        resources(template).withObject("/" + caller).remove("DependsOn");

        assertThat(new CalledAliases(new PackagedTemplate(template)).problems())
                .containsExactly("%s may be there before %sSnapStartLambdaAlias".formatted(caller, function));
    }

    /** Lambda makes a function inactive after two weeks without a call. */
    @ParameterizedTest
    @ValueSource(strings = {"zip-arm64", "image-arm64", "jvm-arm64"})
    void everyFunctionIsCalledEveryWeek(String variant) throws IOException {
        var template = new PackagedTemplate(template(variant));
        var called = template.resources("AWS::Scheduler::Schedule").values().stream()
                .map(schedule -> schedule.at("/Properties/Target/Arn/Fn::Sub").asText())
                .map(target -> target.replaceFirst("\\$\\{(\\w+)\\.Arn}.*", "$1"))
                .distinct()
                .toList();

        assertThat(called)
                .containsExactlyInAnyOrderElementsOf(
                        template.resources("AWS::Lambda::Function").keySet());
        assertThat(template.resources("AWS::Scheduler::Schedule").values())
                .extracting(schedule ->
                        schedule.at("/Properties/ScheduleExpression").asText())
                .containsOnly("rate(1 minute)", "rate(7 days)", "cron(17 5 * * ? *)");
    }

    @Test
    void aLineOfTheAccessLogIsJsonWhateverAnErrorSays() throws IOException {
        assertThat(JSON.readTree(accessLog().worstLine()).properties()).hasSizeGreaterThan(10);
    }

    @Test
    void anErrorsTextWouldBreakTheAccessLog() {
        var log = new AccessLog("{\"error\": \"$context.integrationErrorMessage\"}");

        assertThatThrownBy(() -> JSON.readTree(log.worstLine())).isInstanceOf(JsonProcessingException.class);
    }

    /** The lines of a function carry the request id that Lambda gave to the event. */
    @Test
    void aLineOfTheAccessLogSaysWhoseLinesBelongToIt() throws IOException {
        var line = JSON.readTree(accessLog().line(variable -> variable));

        assertThat(line.path("function").asText()).isEqualTo("integration.requestId");
    }

    /** The path of an image's link has its token. */
    @Test
    void aLineOfTheAccessLogHasNoPath() throws IOException {
        assertThat(accessLog().line(variable -> variable)).doesNotContain("path", "$context");
    }

    /** CloudWatch waits for three or four periods before it treats missing data, so the metric is filled with zeros. */
    @Test
    void aQuarterOfAnHourWithoutASweepIsAnAlarm() throws IOException {
        var alarm = properties(template("zip-arm64"), "NoSweepsAlarm");
        var invocations = alarm.at("/Metrics/1");

        assertThat(alarm.at("/Metrics/0/Expression").asText())
                .isEqualTo("FILL(%s, 0)".formatted(invocations.path("Id").asText()));
        assertThat(invocations.path("ReturnData").asBoolean(true)).isFalse();
        assertThat(invocations.at("/MetricStat/Stat").asText()).isEqualTo("Sum");
        assertThat(alarm.path("EvaluationPeriods").asInt()
                        * invocations.at("/MetricStat/Period").asInt())
                .isEqualTo(900);
        assertThat(alarm.path("ComparisonOperator").asText()).isEqualTo("LessThanThreshold");
        assertThat(alarm.path("Threshold").asInt()).isEqualTo(1);
    }

    /** The path of a link holds its token, and the error text is a caller's. */
    @Test
    void aPathOrATextMayHaveQuotes() {
        assertThat(new AccessLog("$context.path $context.httpMethod").worstLine())
                .contains("\"no\"", "^_`|~");
    }

    @Test
    void theAgeOfTheQueueThatIsAnAlarmIsAParameter() throws IOException {
        assertThat(properties(template("zip-arm64"), "QueuedAlarm")
                        .path("Threshold")
                        .asInt())
                .isEqualTo(900);
        assertThat(properties(template("every-parameter"), "QueuedAlarm")
                        .path("Threshold")
                        .asInt())
                .isEqualTo(3600);
    }

    /** China and GovCloud have partitions of their own; three ARNs are parameters. */
    @ParameterizedTest
    @ValueSource(strings = {"zip-arm64", "image-arm64", "jvm-arm64", "every-parameter"})
    void noArnNamesAPartition(String variant) throws IOException {
        assertThat(template(variant).toString())
                .doesNotContainPattern("arn:aws[a-z-]*:(?!acm:us-east-1:123456789012:|iam::123456789012:policy/boundary"
                        + "|secretsmanager:us-east-1:123456789012:secret:shared-)");
    }

    /** Only placeholders may differ between the tested file and the deployed one. */
    @ParameterizedTest
    @CsvSource({"GenerateImage, generate-image", "GenerateImageCallback, generate-image-callback"})
    void stateMachinesAreDeployedAsTheyStandInTheirFiles(String id, String file) throws IOException {
        var properties = template("zip-arm64").path("Resources").path(id).path("Properties");
        var written = Files.readString(InfraTools.PROJECT.resolve("infra/state-machines/%s.asl.json".formatted(file)));

        assertThat(properties.path("Definition")).isEqualTo(JSON.readTree(written));
        assertThat(written.replaceAll("\\$\\{(%s)}".formatted(String.join("|", names(properties))), ""))
                .doesNotContain("${");
    }

    @Test
    void theDefaultsLetNoPageOfABrowserIn() throws IOException {
        assertThat(template("zip-arm64").at("/Conditions/HasCorsOrigin"))
                .isEqualTo(JSON.readTree("{\"Fn::Not\": [{\"Fn::Equals\": [\"\", \"\"]}]}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"zip-arm64", "every-parameter", "without-images"})
    void imagesAreKeptInAPrivateBucketThatStays(String variant) throws IOException {
        var bucket = template(variant).at("/Resources/ImagesBucket");

        assertThat(bucket.path("Condition").asText()).isEqualTo("KeepsImages");
        assertThat(bucket.path("DeletionPolicy").asText()).isEqualTo("Retain");
        assertThat(bucket.path("UpdateReplacePolicy").asText()).isEqualTo("Retain");
        assertThat(bucket.at("/Properties/PublicAccessBlockConfiguration"))
                .hasSize(4)
                .allMatch(JsonNode::booleanValue);
        assertThat(bucket.at("/Properties/OwnershipControls/Rules/0/ObjectOwnership")
                        .asText())
                .isEqualTo("BucketOwnerEnforced");
    }

    @Test
    void theBucketRefusesRequestsWithoutTls() throws IOException {
        var policy = template("zip-arm64").at("/Resources/ImagesBucketPolicy");
        var statement = policy.at("/Properties/PolicyDocument/Statement");

        assertThat(policy.path("Condition").asText()).isEqualTo("KeepsImages");
        assertThat(statement).hasSize(1);
        assertThat(statement.at("/0/Effect").asText()).isEqualTo("Deny");
        assertThat(statement.at("/0/Action").asText()).isEqualTo("s3:*");
        assertThat(statement.at("/0/Condition"))
                .isEqualTo(JSON.readTree("{\"Bool\": {\"aws:SecureTransport\": \"false\"}}"));
    }

    @ParameterizedTest
    @CsvSource({"zip-arm64, P30D", "every-parameter, P8D"})
    void imagesAreDeletedAsLateAsTheirRowsOrEarlier(String variant, String retention) throws IOException {
        var rule = template(variant).at("/Resources/ImagesBucket/Properties/LifecycleConfiguration/Rules/0");
        var functions = new PackagedTemplate(template(variant)).resources("AWS::Lambda::Function");

        assertThat(rule.path("ExpirationInDays").toString()).contains("\"%s\"".formatted(retention));
        assertThat(Objects.requireNonNull(functions.get("GetDashimageLambdaFunction"))
                        .at("/Properties/Environment/Variables/DARKROOM_IMAGES_RETENTION")
                        .asText())
                .isEqualTo(retention);
    }

    /** Images that were kept before have links, and are deleted with their rows. */
    @Test
    void aStackWithoutABucketStillReadsAndDeletesTheImagesOfOneBefore() throws IOException {
        var template = template("without-images");
        var functions = new PackagedTemplate(template).resources("AWS::Lambda::Function");

        assertThat(template.at("/Conditions/KeepsImages"))
                .isEqualTo(JSON.readTree("{\"Fn::Equals\": [\"false\", \"true\"]}"));
        assertThat(List.of("GetDashimageLambdaFunction", "PollDashgenerationsLambdaFunction"))
                .allSatisfy(id -> assertThat(Objects.requireNonNull(functions.get(id))
                                .at("/Properties/Environment/Variables/DARKROOM_IMAGES_BUCKET/Fn::Sub")
                                .asText())
                        .endsWith("${AWS::AccountId}-${AWS::Region}"));
        assertThat(Objects.requireNonNull(functions.get("SubmitDashgenerationLambdaFunction"))
                        .at("/Properties/Environment/Variables/DARKROOM_IMAGES_BUCKET/Fn::If/0")
                        .asText())
                .isEqualTo("KeepsImages");
    }

    @Test
    void settingsOfARouteThatTheStageDoesNotWaitForAreNamed() throws IOException {
        var template = template("zip-arm64");
        var awaited = (ArrayNode) resources(template).at("/HttpApiStage/DependsOn");
        awaited.remove(awaited.size() - 1);

        assertThat(problems(template))
                .contains(
                        "the stage has settings of route HEAD /images/{id}/{token}/{file}/receipt and does not wait for it");
    }

    @Test
    void aPermissionOnMoreThanTheImagesIsNamed() throws IOException {
        var template = template("zip-arm64");
        var statements = properties(template, "GetImageRole").at("/Policies/0/PolicyDocument/Statement");
        ((ObjectNode) statements.path(1).path("Resource")).put("Fn::Sub", "arn:aws:s3:::darkroom/*");

        assertThat(problems(template))
                .contains("GetImageRole allows [s3:GetObject] on {\"Fn::Sub\":\"arn:aws:s3:::darkroom/*\"}");
    }

    @Test
    void aPermissionOnTheBucketOfAnotherAccountIsNamed() throws IOException {
        var template = template("zip-arm64");
        var statements = properties(template, "GetImageRole").at("/Policies/0/PolicyDocument/Statement");
        ((ObjectNode) statements.path(1)).remove("Condition");

        assertThat(problems(template))
                .anyMatch(problem -> problem.startsWith("GetImageRole allows [s3:GetObject] on "));
    }

    @Test
    void aMissingLogGroupIsNamed() throws IOException {
        var template = template("zip-arm64");
        resources(template).remove("GetDashimageLogGroup");

        assertThat(problems(template)).contains("darkroom-dev-get-image has no log group");
    }

    @Test
    void aLogGroupWithoutRetentionIsNamed() throws IOException {
        var template = template("zip-arm64");
        properties(template, "HttpApiLogGroup").remove("RetentionInDays");

        assertThat(problems(template))
                .contains("log group /aws/vendedlogs/http-api/darkroom-dev keeps its lines for ever");
    }

    @Test
    void aWidenedPolicyIsNamed() throws IOException {
        var template = template("zip-arm64");
        ((ArrayNode) properties(template, "GetGenerationRole").at("/Policies/0/PolicyDocument/Statement/0/Action"))
                .add("dynamodb:Scan");

        assertThat(problems(template))
                .contains(
                        "GetGenerationRole allows dynamodb:Scan on the table, but no item `key#*`, which infra/README.md does not");
    }

    @Test
    void aConditionThatIsMissingIsNamed() throws IOException {
        var template = template("zip-arm64");
        statement(template, "PollGenerationsRole").remove("Condition");

        assertThat(problems(template))
                .contains(
                        "PollGenerationsRole allows dynamodb:UpdateItem on the table, which infra/README.md does not");
    }

    @Test
    void aConditionThatIsTrueOfNoKeyAtAllIsNamed() throws IOException {
        var template = template("zip-arm64");
        ((ObjectNode) statement(template, "GetGenerationRole").path("Condition")).remove("Null");

        assertThat(problems(template))
                .anySatisfy(problem -> assertThat(problem)
                        .startsWith("GetGenerationRole allows dynamodb:GetItem on the table under the condition {"));
    }

    @Test
    void aStatementOfAnotherKindIsNamed() throws IOException {
        var template = template("zip-arm64");
        statement(template, "GetGenerationRole").put("Effect", "Deny").put("NotAction", "dynamodb:Scan");

        assertThat(problems(template))
                .contains(
                        "GetGenerationRole has a statement whose effect is \"Deny\"",
                        "GetGenerationRole has a statement with NotAction");
    }

    @ParameterizedTest
    @CsvSource({
        "GetImageRole, lambda.amazonaws.com",
        "SweepScheduleRole, scheduler.amazonaws.com",
        "GenerateImageRole, states.amazonaws.com"
    })
    void aRoleThatOthersCanHaveIsNamed(String role, String service) throws IOException {
        var template = template("zip-arm64");
        ((ObjectNode) properties(template, role).at("/AssumeRolePolicyDocument/Statement/0/Principal")).put("AWS", "*");

        assertThat(problems(template)).contains("%s can be had by others than %s".formatted(role, service));
    }

    @Test
    void aPolicyForEverythingIsNamed() throws IOException {
        var template = template("zip-arm64");
        statement(template, "GetGenerationRole").put("Resource", "*");

        assertThat(problems(template))
                .contains("GetGenerationRole allows [dynamodb:BatchGetItem, dynamodb:GetItem] on \"*\"");
    }

    /** CloudFormation leaves a route the authorizer of an earlier version until the route says that it has none. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "$default",
                "POST /api/v3/{model+}",
                "GET /api/v3/models",
                "POST /api/v3/model/price",
                "POST /api/v3/model/pricing",
                "GET /api/v3/balance",
                "GET /api/v3/predictions/{id}/result",
                "GET /api/v3/predictions/{id}",
                "GET /api/v3/predictions/{id}/events",
                "ANY /api/v3/predictions/{rest+}",
                "POST /api/v3/predictions",
                "ANY /api/v3/predictions",
                "GET /v1/images/by-hash/{sha256}",
                "HEAD /v1/images/by-hash/{sha256}",
                "POST /api/v3/predictions/delete",
                "POST /api/v3/predictions/{id}/cancel"
            })
    void aRouteThatHadAnAuthorizerSaysThatItHasNone(String key) throws IOException {
        var routes = new PackagedTemplate(template("zip-arm64"))
                .resources("AWS::ApiGatewayV2::Route")
                .values();

        assertThat(routes)
                .filteredOn(route -> route.at("/Properties/RouteKey").asText().equals(key))
                .singleElement()
                .satisfies(route -> assertThat(
                                route.at("/Properties/AuthorizationType").asText())
                        .isEqualTo("NONE"));
    }

    @Test
    void aFunctionThatMayNotReadTheKeysThatItChecksIsNamed() throws IOException {
        var template = template("zip-arm64");
        ((ArrayNode) properties(template, "GetGenerationRole").at("/Policies/0/PolicyDocument/Statement")).remove(1);

        assertThat(problems(template))
                .contains("darkroom-dev-get-generation has to check API keys, which it may not read");
    }

    @Test
    void aFunctionThatMayReadKeysWithoutNeedIsNamed() throws IOException {
        var template = template("zip-arm64");
        var keys = properties(template, "GetGenerationRole").at("/Policies/0/PolicyDocument/Statement/1");
        ((ArrayNode) properties(template, "GetImageRole").at("/Policies/0/PolicyDocument/Statement")).add(keys);

        assertThat(problems(template)).contains("darkroom-dev-get-image may read API keys, which it does not check");
    }

    @Test
    void aProviderKeyInTheTemplateIsNamed() throws IOException {
        var template = template("zip-arm64");
        ((ObjectNode) properties(template, "PollDashgenerationsLambdaFunction").at("/Environment/Variables"))
                .put("DARKROOM_WAVESPEED_API_KEY", "not-from-there");

        assertThat(problems(template))
                .contains("darkroom-dev-poll-generations has the provider's key in its configuration");
    }

    @Test
    void aFunctionThatMayReadTheProvidersKeyWithoutNeedIsNamed() throws IOException {
        var template = template("zip-arm64");
        var statements = "/Policies/0/PolicyDocument/Statement";
        var all = (ArrayNode) properties(template, "GetImageRole").at(statements);
        properties(template, "StartGenerationRole").at(statements).forEach(all::add);

        assertThat(problems(template))
                .contains("darkroom-dev-get-image does not need the provider's key and may read it");
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', delimiter = '|', textBlock = """
                    infra/functions/get-image.yml | memorySize | memorySze | unrecognized property 'memorySze'
                    infra/resources/table.yml | BillingMode | BilingMode | 'BilingMode' was unexpected
                    infra/state-machines/generate-image.asl.json | "Next": "Wait" | "Next": "Wat" | generate-image.asl.json: not a state machine
                    """)
    void whatIsMisspeltIsNamed(String file, String right, String wrong, String named, @TempDir Path copy)
            throws IOException, InterruptedException {
        copy(InfraTools.PROJECT, copy);
        var broken = Files.readString(copy.resolve(file)).replace(right, wrong);
        Files.writeString(copy.resolve(file), broken);

        var checked = InfraTools.check(copy, "misspelt", "zip-arm64");

        assertThat(checked.exitCode()).isEqualTo(1);
        assertThat(checked.output()).contains(named);
    }

    private static AccessLog accessLog() throws IOException {
        return new AccessLog(template("zip-arm64")
                .at("/Resources/HttpApiStage/Properties/AccessLogSettings/Format")
                .asText());
    }

    private static JsonNode template(String variant) throws IOException {
        return JSON.readTree(InfraTools.template(variant).toFile());
    }

    private static List<String> problems(JsonNode template) {
        return new PackagedTemplate(template).problems(permissions);
    }

    private static ObjectNode resources(JsonNode template) {
        return (ObjectNode) template.path("Resources");
    }

    private static ObjectNode statement(JsonNode template, String role) {
        return (ObjectNode) properties(template, role).at("/Policies/0/PolicyDocument/Statement/0");
    }

    private static ObjectNode properties(JsonNode template, String id) {
        return (ObjectNode) resources(template).path(id).path("Properties");
    }

    private static List<String> names(JsonNode properties) {
        return properties.path("DefinitionSubstitutions").properties().stream()
                .map(Map.Entry::getKey)
                .toList();
    }

    private static void copy(Path project, Path copy) throws IOException {
        Files.copy(project.resolve("serverless.yml"), copy.resolve("serverless.yml"));
        for (var part : List.of(".", "functions", "packaging", "recipes", "resources", "roles", "state-machines")) {
            var folder = Files.createDirectories(copy.resolve("infra").resolve(part));
            try (var files = Files.list(project.resolve("infra").resolve(part))) {
                for (var file : files.filter(Files::isRegularFile).toList()) {
                    Files.copy(file, folder.resolve(file.getFileName()));
                }
            }
        }
    }
}
