package dev.freshet.refresh.worker;

import io.vertx.core.json.JsonObject;

/**
 * What every outcome says of the attempt.
 *
 * @param worker the name of who ran it
 */
record Run(long tickId, String worker) {

  /** As the keys of the log. */
  JsonObject of(Member member, String reason) {
    JsonObject outcome =
        new JsonObject()
            .put("refresh_reason", reason)
            .put("tick_id", tickId)
            .put("worker", worker)
            .put("initiated_by", member.initiatedBy().name());
    member.freshnessDeadline().ifPresent(at -> outcome.put("freshness_deadline", at.toString()));
    return outcome;
  }
}
