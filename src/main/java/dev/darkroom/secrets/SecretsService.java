package dev.darkroom.secrets;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.darkroom.sigv4.AwsDomain;
import java.net.URI;
import java.util.Optional;

/** The two services that keep secrets: each has one operation that reads one. */
enum SecretsService {
    /** <a href="https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetSecretValue.html">GetSecretValue</a>. */
    SECRETS_MANAGER("secretsmanager", "secretsmanager.GetSecretValue") {
        @Override
        ObjectNode request(String id) {
            return JsonNodeFactory.instance.objectNode().put("SecretId", id);
        }

        @Override
        Optional<String> value(JsonNode answer) {
            return Optional.ofNullable(answer.path("SecretString").textValue());
        }
    },
    /** <a href="https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetParameter.html">GetParameter</a>. */
    PARAMETER_STORE("ssm", "AmazonSSM.GetParameter") {
        @Override
        ObjectNode request(String id) {
            return JsonNodeFactory.instance.objectNode().put("Name", id).put("WithDecryption", true);
        }

        @Override
        Optional<String> value(JsonNode answer) {
            return Optional.ofNullable(answer.path("Parameter").path("Value").textValue());
        }
    };

    private static final int SERVICE = 2;
    private static final int REGION = 3;
    private static final int PARTS_OF_ARN = 6;

    private final String signingName;
    private final String target;

    SecretsService(String signingName, String target) {
        this.signingName = signingName;
        this.target = target;
    }

    abstract ObjectNode request(String id);

    abstract Optional<String> value(JsonNode answer);

    /** The service that keeps it: an ARN says so, and a name is one of Secrets Manager. */
    static SecretsService of(String id) {
        var parts = id.split(":", PARTS_OF_ARN);
        return parts.length == PARTS_OF_ARN && parts[SERVICE].equals(PARAMETER_STORE.signingName)
                ? PARAMETER_STORE
                : SECRETS_MANAGER;
    }

    /** The region of an ARN; {@code own} for a name. */
    static String region(String id, String own) {
        var parts = id.split(":", PARTS_OF_ARN);
        return parts.length == PARTS_OF_ARN && !parts[REGION].isEmpty() ? parts[REGION] : own;
    }

    String signingName() {
        return signingName;
    }

    String target() {
        return target;
    }

    URI endpoint(String region) {
        return URI.create("https://%s.%s.%s/".formatted(signingName, region, AwsDomain.of(region)));
    }
}
