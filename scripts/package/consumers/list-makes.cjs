// CommonJS: `require` of an ES module, as Node can since 20.19.
const { EvEnergy } = require('ev-energy-client');

new EvEnergy().evseMakes
  .list()
  .toArray()
  .then((makes) => console.log(makes.map((make) => make.name).join('\n')));
