import OpenAI from 'openai';
import { HEADERS, MAKE, TOKEN } from './request.js';
import type { Subject } from './subject.js';

export const openai: Subject = {
  retrieve: (baseURL) => {
    const client = new OpenAI({ apiKey: TOKEN, baseURL, defaultHeaders: HEADERS });
    return () => client.get(`/evse_makes/${MAKE}`);
  },
};
