package dev.darkroom.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the rules of a company ask of a deployment. */
class CompanyRulesIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String EVERYTHING = "every-parameter";
    private static final String DEFAULTS = "zip-arm64";

    @BeforeAll
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    static void packageTemplates() throws IOException, InterruptedException {
        InfraTools.packageVariants();
    }

    /** Under this name CloudWatch Logs needs no line for each of them in its policy, which has room for some twenty. */
    @Test
    void logsThatAServiceWritesAreUnderVendedlogs() throws IOException {
        var written = template(DEFAULTS).resources("AWS::Logs::LogGroup").values().stream()
                .map(group -> group.at("/Properties/LogGroupName").asText())
                .filter(name -> !name.startsWith("/aws/lambda/"));

        assertThat(written)
                .containsExactlyInAnyOrder(
                        "/aws/vendedlogs/http-api/darkroom-dev",
                        "/aws/vendedlogs/states/darkroom-dev-generate-image",
                        "/aws/vendedlogs/states/darkroom-dev-generate-image-callback");
    }

    @ParameterizedTest
    @CsvSource({"zip-arm64, Delete, Delete", "every-parameter, RetainExceptOnCreate, Retain"})
    void logsStayByParameter(String variant, String deletion, String replacement) throws IOException {
        assertThat(template(variant).resources("AWS::Logs::LogGroup"))
                .isNotEmpty()
                .allSatisfy((id, group) -> {
                    assertThat(group.path("DeletionPolicy").asText()).as(id).isEqualTo(deletion);
                    assertThat(group.path("UpdateReplacePolicy").asText())
                            .as(id)
                            .isEqualTo(replacement);
                });
    }

    /** Every bucket, queue and topic has a policy that refuses calls without TLS. */
    @Test
    void nothingIsReadOrWrittenWithoutTls() throws IOException {
        var template = template(DEFAULTS);

        assertThat(withoutTls(template, "AWS::S3::BucketPolicy", "Bucket"))
                .containsExactlyInAnyOrderElementsOf(
                        template.resources("AWS::S3::Bucket").keySet());
        assertThat(withoutTls(template, "AWS::SQS::QueuePolicy", "Queues"))
                .containsExactlyInAnyOrderElementsOf(
                        template.resources("AWS::SQS::Queue").keySet());
        assertThat(withoutTls(template, "AWS::SNS::TopicPolicy", "Topics"))
                .containsExactlyInAnyOrderElementsOf(
                        template.resources("AWS::SNS::Topic").keySet());
    }

    /** The policy of a topic takes the place of the one that lets alarms of the account in. */
    @Test
    void alarmsMayStillPublish() throws IOException {
        var statement = template(DEFAULTS).root().at("/Resources/AlarmsPolicy/Properties/PolicyDocument/Statement/0");

        assertThat(statement.at("/Principal/Service").asText()).isEqualTo("cloudwatch.amazonaws.com");
        assertThat(statement.path("Action").asText()).isEqualTo("sns:Publish");
        assertThat(statement.at("/Condition/StringEquals/aws:SourceAccount/Ref").asText())
                .isEqualTo("AWS::AccountId");
    }

    private static List<String> withoutTls(PackagedTemplate template, String type, String property) {
        return template.resources(type).values().stream()
                .filter(policy -> policy.findValues("Statement").stream()
                        .flatMap(statements -> statements.valueStream())
                        .anyMatch(CompanyRulesIT::refusesWithoutTls))
                .flatMap(policy -> policy.path("Properties").path(property).findValuesAsText("Ref").stream())
                .toList();
    }

    private static boolean refusesWithoutTls(JsonNode statement) {
        return statement.path("Effect").asText().equals("Deny")
                && statement.path("Principal").asText().equals("*")
                && !statement.at("/Condition/Bool/aws:SecureTransport").asBoolean(true);
    }

    /** CloudFormation passes the tags of a stack on to everything in it that can have tags. */
    @Test
    void theStackHasTheTags() throws IOException {
        assertThat(provider(EVERYTHING).path("stackTags"))
                .isEqualTo(JSON.valueToTree(Map.of("team", "images", "cost-centre", "1234")));
        assertThat(provider(DEFAULTS).path("stackTags")).isEmpty();
    }

    @Test
    void everyRoleHasTheBoundary() throws IOException {
        var boundary = JSON.readTree("""
                ["HasPermissionsBoundary", "arn:aws:iam::123456789012:policy/boundary", {"Ref": "AWS::NoValue"}]""");

        assertThat(template(EVERYTHING).resources("AWS::IAM::Role"))
                .isNotEmpty()
                .allSatisfy((id, role) -> assertThat(role.at("/Properties/PermissionsBoundary/Fn::If"))
                        .as(id)
                        .isEqualTo(boundary));
        assertThat(template(DEFAULTS).root().at("/Conditions/HasPermissionsBoundary"))
                .isEqualTo(JSON.readTree("{\"Fn::Not\": [{\"Fn::Equals\": [\"\", \"\"]}]}"));
    }

    /** An empty list removes the trigger of the deployment before. */
    @Test
    void anAlarmRollsADeploymentBack() throws IOException {
        assertThat(provider(EVERYTHING).path("rollbackConfiguration")).isEqualTo(JSON.readTree("""
                {"MonitoringTimeInMinutes": 10, "RollbackTriggers": [{
                  "Arn": "arn:aws:cloudwatch:us-east-1:123456789012:alarm:darkroom-dev-errors",
                  "Type": "AWS::CloudWatch::Alarm"}]}"""));
        assertThat(provider(DEFAULTS).path("rollbackConfiguration"))
                .isEqualTo(JSON.readTree("{\"MonitoringTimeInMinutes\": 0, \"RollbackTriggers\": []}"));
        assertThat(template(DEFAULTS)
                        .root()
                        .at("/Resources/ErrorsAlarm/Properties/AlarmName")
                        .asText())
                .isEqualTo("darkroom-dev-errors");
    }

    @Test
    void aDomainLeadsToTheApi() throws IOException {
        var resources = template(EVERYTHING).root().path("Resources");

        assertThat(resources.at("/Domain/Properties/DomainName").asText()).isEqualTo("gateway.example.com");
        assertThat(resources
                        .at("/Domain/Properties/DomainNameConfigurations/0/CertificateArn")
                        .asText())
                .startsWith("arn:aws:acm:");
        assertThat(resources
                        .at("/DomainMapping/Properties/ApiMappingKey/Fn::If/1")
                        .asText())
                .isEqualTo("v2");
        assertThat(resources.at("/DomainMapping/Properties/Stage/Ref").asText()).isEqualTo("HttpApiStage");
        assertThat(resources.at("/HttpApi/Properties/DisableExecuteApiEndpoint"))
                .isEqualTo(JSON.readTree("{\"Fn::If\": [\"ExecuteApiIsDisabled\", true, false]}"));
    }

    /** By its conditions, the address is publicUrl, else the domain with its base path, else none. */
    @ParameterizedTest
    @CsvSource({"every-parameter, https://images.example.com", "domain, https://gateway.example.com", "zip-arm64, ''"})
    void theAddressOfTheGatewayFollowsFromTheDomain(String variant, String address) throws IOException {
        var template = template(variant);

        assertThat(template.resources("AWS::Lambda::Function").values())
                .filteredOn(function -> variables(function).has("DARKROOM_GATEWAY_PUBLIC_URL"))
                .hasSizeGreaterThan(5)
                .allSatisfy(function -> assertThat(
                                resolved(template.root(), variables(function).path("DARKROOM_GATEWAY_PUBLIC_URL")))
                        .isEqualTo(address));
    }

    private static JsonNode variables(JsonNode function) {
        return function.at("/Properties/Environment/Variables");
    }

    /** The value of a text that conditions on constants choose. */
    private static String resolved(JsonNode template, JsonNode value) {
        var choice = value.path("Fn::If");
        if (choice.isMissingNode()) {
            return value.asText();
        }
        var condition = template.path("Conditions").path(choice.path(0).asText());
        return resolved(template, choice.path(holds(condition) ? 1 : 2));
    }

    private static boolean holds(JsonNode condition) {
        return condition.has("Fn::Not")
                ? !holds(condition.at("/Fn::Not/0"))
                : condition
                        .at("/Fn::Equals/0")
                        .asText()
                        .equals(condition.at("/Fn::Equals/1").asText());
    }

    @ParameterizedTest
    @ValueSource(strings = {"GenerateImage", "GenerateImageCallback"})
    void aStateMachineLogsItsFailuresWithoutPrompts(String id) throws IOException {
        var template = template(DEFAULTS);
        var machine = template.root().at("/Resources/%s/Properties".formatted(id));

        assertThat(machine.at("/LoggingConfiguration/Level").asText()).isEqualTo("ERROR");
        assertThat(machine.at("/LoggingConfiguration/IncludeExecutionData").asBoolean(true))
                .isFalse();
        assertThat(machine.at("/LoggingConfiguration/Destinations/0/CloudWatchLogsLogGroup/LogGroupArn/Fn::GetAtt/0")
                        .asText())
                .isEqualTo(id + "LogGroup");
        assertThat(machine.at("/TracingConfiguration/Enabled"))
                .isEqualTo(JSON.readTree("{\"Fn::If\": [\"HasTracing\", true, false]}"));
    }

    @ParameterizedTest
    @CsvSource({"zip-arm64, false", "every-parameter, true"})
    void tracesAreAParameter(String variant, String given) throws IOException {
        assertThat(template(variant)
                        .root()
                        .at("/Conditions/HasTracing/Fn::Equals/0")
                        .asText())
                .isEqualTo(given);
        assertThat(template(variant).root().findValuesAsText("DARKROOM_AWS_TRACING"))
                .hasSize(8)
                .containsOnly(given);
        assertThat(template(variant).root().findValues("TracingConfig"))
                .hasSize(8)
                .containsOnly(JSON.readTree("{\"Mode\": {\"Fn::If\": [\"HasTracing\", \"Active\", \"PassThrough\"]}}"));
    }

    /** Without traces no function may write them. */
    @Test
    void aRoleMayWriteTracesOnlyWithTheParameter() throws IOException {
        var statements = template(DEFAULTS).root().findParents("Action").stream()
                .filter(statement -> statement.path("Action").toString().contains("xray:"))
                .toList();
        var conditional = template(DEFAULTS).root().findValues("Fn::If").stream()
                .filter(choice -> choice.path(0).asText().equals("HasTracing"))
                .map(choice -> choice.path(1))
                .toList();

        assertThat(statements)
                .hasSize(9)
                .allSatisfy(statement -> assertThat(conditional).contains(statement));
    }

    @ParameterizedTest
    @CsvSource({"ExecutionsFailedAlarm, ExecutionsFailed, 5", "ExecutionsTimedOutAlarm, ExecutionsTimedOut, 1"})
    void executionsThatEndBadlyRaiseAnAlarm(String id, String metric, int threshold) throws IOException {
        var alarm = template(DEFAULTS).root().at("/Resources/%s/Properties".formatted(id));
        var metrics = alarm.path("Metrics");

        assertThat(metrics.findValuesAsText("MetricName")).containsExactly(metric, metric);
        assertThat(metrics.findValues("Dimensions"))
                .extracting(dimensions -> dimensions.at("/0/Value/Ref").asText())
                .containsExactly("GenerateImage", "GenerateImageCallback");
        assertThat(metrics.at("/0/Expression").asText())
                .isEqualTo("FILL(%s, 0) + FILL(%s, 0)"
                        .formatted(
                                metrics.at("/1/Id").asText(),
                                metrics.at("/2/Id").asText()));
        assertThat(alarm.path("Threshold").asInt()).isEqualTo(threshold);
        assertThat(alarm.at("/AlarmActions/0/Ref").asText()).isEqualTo("Alarms");
    }

    /** What they find beside it is listed with a reason, and nothing that they do not find. */
    @Test
    void theSolutionsRulesOfAwsFindNothingElse() throws IOException, InterruptedException {
        var ended = InfraTools.nag(
                InfraTools.template(DEFAULTS), InfraTools.template(EVERYTHING), InfraTools.template("domain"));

        assertThat(ended.exitCode()).as(ended.output()).isZero();
    }

    @Test
    void aFindingWithoutAReasonIsNamed(@TempDir Path folder) throws IOException, InterruptedException {
        var template = (ObjectNode) template(DEFAULTS).root();
        ((ObjectNode) template.path("Resources")).remove("AlarmsPolicy");
        var file = Files.writeString(folder.resolve("template.json"), template.toString());

        var ended = InfraTools.nag(file);

        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(ended.output()).contains("Alarms: AwsSolutions-SNS3");
    }

    private static PackagedTemplate template(String variant) throws IOException {
        return new PackagedTemplate(JSON.readTree(InfraTools.template(variant).toFile()));
    }

    /** What osls sets of the stack beside its template. */
    private static JsonNode provider(String variant) throws IOException {
        return JSON.readTree(InfraTools.template(variant)
                        .resolveSibling("serverless-state.json")
                        .toFile())
                .at("/service/provider");
    }
}
