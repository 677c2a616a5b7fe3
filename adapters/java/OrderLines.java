import java.util.Base64;
import software.amazon.kinesis.retrieval.KinesisClientRecord;

/** Tells kinesis-order what a record processor was given: one JSON line each, on standard output. */
public final class OrderLines {
  private final String shard, worker;

  public OrderLines(String shard, String worker) { this.shard = shard; this.worker = worker; }

  public synchronized void tell(String type, String fields) {
    System.out.println("{\"type\":\"" + type + "\",\"worker\":\"" + worker + "\",\"shard\":\"" + shard + "\"" + fields + "}");
    System.out.flush();
  }

  public void deliver(java.util.List<KinesisClientRecord> records) {
    var lines = new StringBuilder();
    for (var r : records) {
      var data = new byte[r.data().remaining()];
      r.data().duplicate().get(data);
      lines.append(lines.isEmpty() ? "" : ",").append("{\"seq\":\"").append(r.sequenceNumber()).append('"')
          .append(r.aggregated() ? ",\"sub\":" + r.subSequenceNumber() : "").append(",\"key\":\"")
          .append(r.partitionKey().replace("\\", "\\\\").replace("\"", "\\\"")).append("\",\"data\":\"")
          .append(Base64.getEncoder().encodeToString(data)).append("\"}");
    }
    tell("deliver", ",\"records\":[" + lines + "]");
  }
}
