// The parts that our pages show of packages that this project doesn't install.

declare module '@jest/globals' {
  type Step = () => void | Promise<void>;
  export const beforeAll: (step: Step) => void;
  export const afterAll: (step: Step) => void;
  export const test: (name: string, step: Step) => void;
  interface Expectation {
    toBeGreaterThan(value: number): void;
    toMatchContract(options: { url: string }): Promise<void>;
  }
  export const expect: ((value: unknown) => Expectation) & { extend(matchers: object): void };
}

declare module '@nestjs/common' {
  export const Inject: (token: unknown) => ParameterDecorator;
  export const Injectable: () => ClassDecorator;
  export const Module: (definition: {
    providers: readonly (object | { provide: unknown; useFactory: () => unknown })[];
    exports: readonly object[];
  }) => ClassDecorator;
}

declare module 'server-only';
