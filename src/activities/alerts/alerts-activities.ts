import type { AlertsActivities } from '../../contracts/alerts/alerts.ts';
import type { Bind } from '../bind.ts';
import { planAlerts } from './plan-alerts.ts';
import { sendAlert } from './send-alert.ts';

export const alertsActivities = (bind: Bind): AlertsActivities => ({
  planAlerts: bind(planAlerts),
  sendAlert: bind(sendAlert),
});
