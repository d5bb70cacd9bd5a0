// Ask a running Wenju with the JavaScript client of Gradio: node ask.js ADDRESS QUESTION
import { Client } from "@gradio/client";

const [address, question] = process.argv.slice(2);
const client = await Client.connect(address);
const { data: [answer] } = await client.predict("/ask", { question, top_k: 3 });
const { data: [status] } = await client.predict("/status", {});
let mistake = "";
try {
  await client.predict("/ask", { question: " " });
} catch (error) {
  mistake = error.message;
}
console.log(JSON.stringify({ answer, articles: status.articles, mistake }));
process.exit(0); // the client keeps a stream open
