// Verifies webhooks as a receiver does. Reads a JSON array of {id, timestamp, signature, body} from
// its input; prints "verified" or "refused" a line.
const { Webhook } = require("standardwebhooks");
const { readFileSync } = require("node:fs");

const webhook = new Webhook(process.argv[2]);
for (const request of JSON.parse(readFileSync(0, "utf8"))) {
  try {
    const message = webhook.verify(request.body, {
      "webhook-id": request.id,
      "webhook-timestamp": request.timestamp,
      "webhook-signature": request.signature,
    });
    console.log(message.type === "job.succeeded" ? "verified" : "another message");
  } catch (error) {
    console.log(error.name === "WebhookVerificationError" ? "refused" : String(error));
  }
}
