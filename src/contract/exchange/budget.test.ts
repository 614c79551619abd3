import { expect, it } from 'vitest';
import { NotCovered } from '../errors.js';
import { Budget } from './budget.js';

const answer = (remaining: number) => ({
  status: 200,
  headers: new Headers({ 'X-RateLimit-Remaining': String(remaining) }),
  body: '',
});

it('a budget leaves the reserve of the hour unspent', () => {
  const budget = new Budget(10, 5);
  budget.observe(answer(6));
  budget.take();
  budget.observe(answer(5));
  expect(() => budget.take()).toThrow(NotCovered);
});

it('a budget without a reserve spends all of the hour', () => {
  const budget = new Budget(2, 0);
  for (const remaining of [1, 0]) {
    budget.observe(answer(remaining));
    budget.take();
  }
  expect(() => budget.take()).toThrow('the budget of 2 requests is spent');
});
