-- Run at every start: what is there stays.
CREATE TABLE IF NOT EXISTS customers (
    customer_id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name        text NOT NULL,
    city        text NOT NULL
);

CREATE TABLE IF NOT EXISTS products (
    product_id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name       text NOT NULL,
    category   text NOT NULL,
    price      numeric(10, 2) NOT NULL
);

CREATE TABLE IF NOT EXISTS orders (
    order_id    bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    customer_id integer NOT NULL REFERENCES customers,
    status      text NOT NULL CHECK (status IN ('new', 'paid', 'shipped')),
    placed_at   timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX IF NOT EXISTS orders_by_customer ON orders (customer_id);

CREATE TABLE IF NOT EXISTS order_lines (
    order_id    bigint NOT NULL REFERENCES orders ON DELETE CASCADE,
    line_number integer NOT NULL,
    product_id  integer NOT NULL REFERENCES products,
    quantity    integer NOT NULL CHECK (quantity > 0),
    unit_price  numeric(10, 2) NOT NULL,
    PRIMARY KEY (order_id, line_number)
);
CREATE INDEX IF NOT EXISTS order_lines_by_product ON order_lines (product_id);

INSERT INTO customers (name, city)
SELECT 'Customer ' || n, (ARRAY['Amsterdam', 'Bergen', 'Berlin', 'Bologna', 'Gdansk', 'Ghent', 'Graz', 'Lisbon', 'Lyon', 'Oslo', 'Porto', 'Turku'])[1 + n % 12]
  FROM generate_series(1, 500) AS n
 WHERE NOT EXISTS (SELECT FROM customers);

INSERT INTO products (name, category, price)
SELECT 'Product ' || n, (ARRAY['books', 'garden', 'kitchen', 'music', 'office', 'toys'])[1 + n % 6], 1 + n * 0.75
  FROM generate_series(1, 60) AS n
 WHERE NOT EXISTS (SELECT FROM products);

WITH placed AS (
    INSERT INTO orders (customer_id, status, placed_at)
    SELECT 1 + n % 500, (ARRAY['new', 'paid', 'shipped'])[1 + n % 3], now() - n * interval '1 minute'
      FROM generate_series(1, 2000) AS n
     WHERE NOT EXISTS (SELECT FROM orders)
    RETURNING order_id
)
INSERT INTO order_lines (order_id, line_number, product_id, quantity, unit_price)
SELECT o.order_id, n, p.product_id, 1 + (o.order_id + n) % 3, p.price
  FROM placed AS o
 CROSS JOIN generate_series(1, 3) AS n
  JOIN products AS p ON p.product_id = 1 + (o.order_id * 7 + n * 13) % 60;
