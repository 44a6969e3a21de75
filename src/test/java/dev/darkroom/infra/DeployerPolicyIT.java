package dev.darkroom.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.IOException;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a person or a pipeline needs to deploy, and no more. */
class DeployerPolicyIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String[] VARIANTS = {"every-parameter", "function-url-of-an-alias"};

    /** In characters without white space. */
    private static final int LARGEST_POLICY = 6_144;

    @BeforeAll
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    static void packageTemplates() throws IOException, InterruptedException {
        InfraTools.packageVariants();
    }

    @Test
    void itAllowsWhatADeploymentNeedsAndNothingElse() throws IOException {
        assertThat(DeployerPolicy.of(InfraTools.PROJECT).problems(types())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"dynamodb:UpdateTimeToLive", "logs:DescribeLogGroups", "cloudwatch:DescribeAlarms"})
    void anActionThatIsMissingIsNamed(String action) throws IOException {
        var policy = DeployerPolicy.of(InfraTools.PROJECT);
        policy.statements()
                .map(statement -> (ArrayNode) statement.path("Action"))
                .forEach(actions -> {
                    for (int i = actions.size() - 1; i >= 0; i--) {
                        if (actions.path(i).asText().equals(action)) {
                            actions.remove(i);
                        }
                    }
                });

        assertThat(policy.problems(types()))
                .containsExactly("a deployment needs %s, which no policy of infra/deployer allows".formatted(action));
    }

    @Test
    void anActionThatNothingNeedsIsNamed() throws IOException {
        var policy = DeployerPolicy.of(InfraTools.PROJECT);
        policy.statements()
                .findFirst()
                .ifPresent(statement -> ((ArrayNode) statement.path("Action")).add("iam:CreateUser"));

        assertThat(policy.problems(types()))
                .containsExactly("infra/deployer allows iam:CreateUser, which no deployment needs");
    }

    @Test
    void aTypeOfResourceThatIsNewIsNamed() throws IOException {
        var types = types();
        types.add("AWS::Events::Rule");

        assertThat(DeployerPolicy.of(InfraTools.PROJECT).problems(types))
                .containsExactly("infra/deployer/actions.json does not know AWS::Events::Rule");
    }

    /** A deployer may touch nothing but stages of Darkroom, and cannot delete a table. */
    @Test
    void onlyActionsWithoutResourcesAreAllowedOnEverything() throws IOException {
        var everywhere = new TreeSet<String>();
        DeployerPolicy.of(InfraTools.PROJECT).statements().forEach(statement -> {
            PackagedTemplate.strings(statement.path("Action"))
                    .forEach(action -> assertThat(action).doesNotContain("*").isNotEqualTo("dynamodb:DeleteTable"));
            if (PackagedTemplate.strings(statement.path("Resource")).anyMatch("*"::equals)) {
                PackagedTemplate.strings(statement.path("Action")).forEach(everywhere::add);
            } else {
                assertThat(PackagedTemplate.strings(statement.path("Resource")))
                        .allMatch(resource ->
                                resource.matches(".*darkroom.*|arn:aws:apigateway:.*|.*/ops\\.apigateway.*"));
            }
        });

        assertThat(everywhere)
                .containsExactly(
                        "cloudformation:ValidateTemplate",
                        "cloudwatch:DescribeAlarms",
                        "ecr:GetAuthorizationToken",
                        "lambda:GetAccountSettings",
                        "logs:CreateLogDelivery",
                        "logs:DeleteLogDelivery",
                        "logs:DescribeLogGroups",
                        "logs:DescribeResourcePolicies",
                        "logs:GetLogDelivery",
                        "logs:ListLogDeliveries",
                        "logs:PutResourcePolicy",
                        "logs:UpdateLogDelivery");
    }

    @Test
    void eachPolicyIsSmallEnoughForIam() throws IOException {
        assertThat(DeployerPolicy.of(InfraTools.PROJECT).policies())
                .extracting(JsonNode::toString)
                .allSatisfy(policy -> assertThat(policy).hasSizeLessThanOrEqualTo(LARGEST_POLICY));
    }

    private static Set<String> types() throws IOException {
        var types = new TreeSet<String>();
        for (var variant : VARIANTS) {
            JSON.readTree(InfraTools.template(variant).toFile())
                    .path("Resources")
                    .forEach(resource -> types.add(resource.path("Type").asText()));
        }
        return types;
    }
}
