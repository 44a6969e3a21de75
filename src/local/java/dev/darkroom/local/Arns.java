package dev.darkroom.local;

/** The names that AWS would give to what the platform stands in for. */
final class Arns {

    static final String REGION = "us-east-1";
    static final String ACCOUNT = "000000000000";

    private static final String PLACE = REGION + ":" + ACCOUNT;

    private Arns() {}

    static String table(String name) {
        return "arn:aws:dynamodb:%s:table/%s".formatted(PLACE, name);
    }

    static String index(String table, String name) {
        return "%s/index/%s".formatted(table(table), name);
    }

    static String function(String name) {
        return "arn:aws:lambda:%s:function:%s".formatted(PLACE, name);
    }

    /** Of a function's ARN, or of its name. */
    static String functionName(String arnOrName) {
        return arnOrName.substring(arnOrName.lastIndexOf(':') + 1);
    }

    static String stateMachine(String name) {
        return "arn:aws:states:%s:stateMachine:%s".formatted(PLACE, name);
    }

    static String route(Route route, String method) {
        return "arn:aws:execute-api:%s:local/$default/%s/%s".formatted(PLACE, method, route.path());
    }
}
