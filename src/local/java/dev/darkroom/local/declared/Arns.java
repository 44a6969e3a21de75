package dev.darkroom.local.declared;

/** The ARNs that AWS would give to the parts of the local platform. */
public final class Arns {

    public static final String REGION = "us-east-1";
    public static final String ACCOUNT = "000000000000";

    private static final String PLACE = REGION + ":" + ACCOUNT;

    private Arns() {}

    public static String table(String name) {
        return "arn:aws:dynamodb:%s:table/%s".formatted(PLACE, name);
    }

    public static String index(String table, String name) {
        return "%s/index/%s".formatted(table(table), name);
    }

    public static String function(String name) {
        return "arn:aws:lambda:%s:function:%s".formatted(PLACE, name);
    }

    /** The function's name, from its ARN or its name. */
    public static String functionName(String arnOrName) {
        return arnOrName.substring(arnOrName.lastIndexOf(':') + 1);
    }

    public static String bucket(String name) {
        return "arn:aws:s3:::" + name;
    }

    /** An object of a bucket; {@code key} may be a pattern. */
    public static String object(String bucket, String key) {
        return "%s/%s".formatted(bucket(bucket), key);
    }

    /** The secret of a name, to which Secrets Manager adds a hyphen and six characters. */
    public static String secret(String name) {
        return "arn:aws:secretsmanager:%s:secret:%s-AbCdEf".formatted(PLACE, name);
    }

    public static String eventBus(String name) {
        return "arn:aws:events:%s:event-bus/%s".formatted(PLACE, name);
    }

    public static String stateMachine(String name) {
        return "arn:aws:states:%s:stateMachine:%s".formatted(PLACE, name);
    }
}
