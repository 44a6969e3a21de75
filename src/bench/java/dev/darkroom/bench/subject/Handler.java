package dev.darkroom.bench.subject;

import dev.darkroom.bench.stub.DynamoDbStub;

/** The handlers that are measured, each with an event for it. */
public enum Handler {
    SUBMIT(
            "submit-generation",
            "POST /api/v3/{model+}",
            "POST",
            "/api/v3/wavespeed-ai/imagen4",
            "\"model\": \"wavespeed-ai/imagen4\""),
    GET(
            "get-generation",
            "GET /api/v3/predictions/{id}/result",
            "GET",
            "/api/v3/predictions/" + DynamoDbStub.COMPLETED + "/result",
            "\"id\": \"" + DynamoDbStub.COMPLETED + "\""),
    /** The link of an image that is kept: the answer is a presigned address, for which S3 is not called. */
    IMAGE(
            "get-image",
            "GET /images/{id}/{token}/{file}",
            "GET",
            "/images/%s/%s/0.png".formatted(DynamoDbStub.KEPT, DynamoDbStub.TOKEN),
            "\"id\": \"%s\", \"token\": \"%s\", \"file\": \"0.png\"".formatted(DynamoDbStub.KEPT, DynamoDbStub.TOKEN)),
    POLL("poll-generations", "", "", "", "");

    private static final String BODY = """
            , "body": "{\\"prompt\\": \\"a lighthouse at dawn\\", \\"aspect_ratio\\": \\"16:9\\", \\"num_images\\": 1}\"""";

    private static final String ARRIVED_AT = "ARRIVED_AT";

    private final String function;
    private final String event;

    Handler(String function, String routeKey, String method, String path, String parameter) {
        this.function = function;
        this.event = routeKey.isEmpty()
                ? "{\"id\": \"" + DynamoDbStub.PROCESSING + "\"}"
                : httpEvent(routeKey, method, path, parameter);
    }

    /** An event of API Gateway's HTTP API (payload format 2.0), as AWS's documentation shows it. */
    private static String httpEvent(String routeKey, String method, String path, String parameter) {
        return """
                {"version": "2.0", "routeKey": "%1$s", "rawPath": "%3$s", "rawQueryString": "",
                 "headers": {"accept": "*/*", "authorization": "Bearer %6$s", "content-type": "application/json",
                   "host": "gateway.example", "user-agent": "benchmark", "x-amzn-trace-id": "Root=1-5e6722a7-cc56xmpl46db7ae02d4da47e",
                   "x-forwarded-for": "203.0.113.1", "x-forwarded-port": "443", "x-forwarded-proto": "https"},
                 "requestContext": {"accountId": "000000000000", "apiId": "gateway", "domainName": "gateway.example",
                   "domainPrefix": "gateway", "requestId": "JKJaXmPLvHcESHA=", "routeKey": "%1$s", "stage": "$default",
                   "time": "01/Jan/2026:00:00:00 +0000", "timeEpoch": ARRIVED_AT,
                   "http": {"method": "%2$s", "path": "%3$s", "protocol": "HTTP/1.1", "sourceIp": "203.0.113.1",
                     "userAgent": "benchmark"}},
                 "pathParameters": {%4$s}, "isBase64Encoded": false%5$s}""".formatted(
                        routeKey, method, path, parameter, method.equals("POST") ? BODY : "", DynamoDbStub.KEY.value());
    }

    /** The function's name. */
    public String function() {
        return function;
    }

    /** The event, with the current time as its arrival: a function's time limit begins at the arrival. */
    public String event() {
        return event.replace(ARRIVED_AT, Long.toString(System.currentTimeMillis()));
    }

    /** Whether this is the answer to the event when all went well. */
    public boolean isAnsweredBy(String answer) {
        return switch (this) {
            case SUBMIT -> answer.contains("\\\"status\\\":\\\"processing\\\"");
            case GET -> answer.contains("\\\"status\\\":\\\"completed\\\"");
            case IMAGE -> answer.contains("\"statusCode\":302") && answer.contains("X-Amz-Signature=");
            case POLL -> answer.contains("\"status\":\"completed\"");
        };
    }
}
