// What the API answers of webhooks (model/partner-api.ts), checked before anything is made of it.

import * as z from "zod/mini";
import { EVENTS } from "../model/partner.ts";
import type { WebhookDelivery } from "../model/partner-api.ts";

const text = z.string();
const number = z.number();

/** `POST /api/deliveries/{id}/retry`. */
export const deliverySchema = z.object({
  id: number,
  partner: text,
  event: z.enum(EVENTS),
  article: text,
  version: number,
  at: text,
  state: z.enum(["waiting", "delivered", "dead"]),
  attempts: number,
  nextAt: z.nullable(text),
  answer: z.nullable(text),
}) satisfies z.ZodMiniType<WebhookDelivery>;

/** `GET /api/deliveries`. */
export const deliveriesSchema = z.array(deliverySchema);
