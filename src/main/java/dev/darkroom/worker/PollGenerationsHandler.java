package dev.darkroom.worker;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.fasterxml.jackson.databind.JsonNode;
import dev.darkroom.dynamodb.TableConfig;
import dev.darkroom.workflow.WorkflowErrorBoundary;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;

/**
 * A sweep of {@code {"shards": […], "queues": […]}}, one step of {@code {"id": "…"}}, or a comparison of the providers'
 * bills with the ledger, {@code {"bill": "…"}}.
 */
@Named("poll-generations")
@ApplicationScoped
public class PollGenerationsHandler implements RequestHandler<JsonNode, JsonNode> {

    private final SingleRow singleRow;
    private final SweepRun sweepRun;
    private final BillRun billRun;
    private final TableConfig tableConfig;
    private final WorkflowErrorBoundary boundary;

    public PollGenerationsHandler(
            SingleRow singleRow,
            SweepRun sweepRun,
            BillRun billRun,
            TableConfig tableConfig,
            WorkflowErrorBoundary boundary) {
        this.singleRow = singleRow;
        this.sweepRun = sweepRun;
        this.billRun = billRun;
        this.tableConfig = tableConfig;
        this.boundary = boundary;
    }

    @Override
    public JsonNode handleRequest(JsonNode event, Context context) {
        return boundary.run(context, () -> switch (PollEvent.of(event, tableConfig.shards())) {
            case PollEvent.OneRow(var id) -> singleRow.advance(id);
            case PollEvent.Sweep sweep -> sweepRun.sweep(sweep, context);
            case PollEvent.Bill(var day) -> billRun.compare(day, context);
        });
    }
}
