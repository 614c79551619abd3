export const REPORT_KINDS = ['json', 'junit', 'markdown', 'html'] as const;
export type ReportKind = (typeof REPORT_KINDS)[number];
