package dev.darkroom.faults.clients;

/** How the line breaks between a client and the gateway. */
enum LineFault {
    /** A front answers 504 while the request is at work. */
    FRONT_504("the front's 504"),
    /** API Gateway answers 503, because the function may have no further process. */
    THROTTLED_503("API Gateway's 503 before the function"),
    /** API Gateway answers 503 in place of an answer that came too late. */
    LATE_503("API Gateway's 503 after the function"),
    /** The connection closes before the request has arrived. */
    RESET_BEFORE("connection closed before the request"),
    /** The connection closes when the answer has been made. */
    RESET_AFTER("connection closed after the answer"),
    /** A process that works on a request is killed. */
    KILLED("function killed");

    private final String title;

    LineFault(String title) {
        this.title = title;
    }

    @Override
    public String toString() {
        return title;
    }
}
